#ifndef CNETSNMP_H
#define CNETSNMP_H
#include <stddef.h>
#include <stdint.h>

/*
 * One SNMP agent each, through libnetsnmp, whose headers stay behind this one: they have macros and global state.
 *
 * Everything here belongs to one thread. Nothing calls back: an answer is picked up with cnetsnmp_step. The library keeps
 * users of SNMPv3 and the clocks of engines in global lists, found by the ID of the engine alone; here they are in those
 * lists only while their own line is in use, so that two devices never see each other's, even with the same ID.
 */

typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_V1, CNETSNMP_V2C, CNETSNMP_V3
} cnetsnmp_version;

typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_NO_DIGEST, CNETSNMP_MD5, CNETSNMP_SHA, CNETSNMP_SHA224, CNETSNMP_SHA256, CNETSNMP_SHA384, CNETSNMP_SHA512
} cnetsnmp_digest;

/* The last two extend keys as Cisco does it, and pysnmp; those before as net-snmp does it. */
typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_NO_CIPHER, CNETSNMP_DES, CNETSNMP_AES128, CNETSNMP_AES192, CNETSNMP_AES256, CNETSNMP_AES192C,
    CNETSNMP_AES256C
} cnetsnmp_cipher;

typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_GET, CNETSNMP_GETNEXT, CNETSNMP_GETBULK, CNETSNMP_SET
} cnetsnmp_command;

typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_INTEGER, CNETSNMP_UNSIGNED, CNETSNMP_OCTETS, CNETSNMP_OID, CNETSNMP_NULL, CNETSNMP_MISSING
} cnetsnmp_type;

typedef enum __attribute__((enum_extensibility(closed))) {
    /* The agent has answered: status, index and objects. */
    CNETSNMP_ANSWERED,
    /* Nobody has answered. */
    CNETSNMP_SILENT,
    /* The network has refused: errno in status. */
    CNETSNMP_UNREACHABLE,
    /* SNMPv3: the agent has said what is wrong with the message: kind in report. */
    CNETSNMP_REPORTED
} cnetsnmp_outcome;

typedef enum __attribute__((enum_extensibility(closed))) {
    CNETSNMP_UNKNOWN_ENGINE, CNETSNMP_UNKNOWN_USER, CNETSNMP_WRONG_DIGEST, CNETSNMP_NOT_DECRYPTED, CNETSNMP_WRONG_LEVEL,
    CNETSNMP_WRONG_TIME, CNETSNMP_WRONG_CONTEXT, CNETSNMP_OTHER_REPORT
} cnetsnmp_report;

/* Who we are for the agent; a text that is not needed is NULL. All are copied. */
typedef struct {
    cnetsnmp_version version;
    const char *user;
    const char *context;
    cnetsnmp_digest digest;
    const char *digest_password;
    cnetsnmp_cipher cipher;
    const char *cipher_password;
} cnetsnmp_identity;

/* An object: name, and what belongs to its type. */
typedef struct {
    const unsigned long *name;
    size_t name_length;
    cnetsnmp_type type;
    int64_t integer;
    uint64_t number;
    const uint8_t *octets;
    const unsigned long *oid;
    /* How many octets, or numbers of the OID. */
    size_t length;
} cnetsnmp_object;

typedef struct {
    cnetsnmp_command command;
    /* What opens agents of v1 and v2c; not looked at for v3. */
    const char *community;
    const cnetsnmp_object *objects;
    size_t count;
    /* GETBULK: how many objects behind the name are wanted. */
    long repetitions;
    /* How long an answer is waited for before it is sent again, and how often that is. */
    long timeout_ms;
    int retries;
} cnetsnmp_request;

/* What came of a request; valid until the next call with the same line. */
typedef struct {
    cnetsnmp_outcome outcome;
    cnetsnmp_report report;
    long status;
    long index;
    const cnetsnmp_object *objects;
    size_t count;
} cnetsnmp_answer;

/* The way to one agent, with at most one request under way. */
typedef struct cnetsnmp_line cnetsnmp_line;

/* Starts the library: it reads no file and writes nothing. Once, before everything else. */
void cnetsnmp_begin(void);

/* A line, not open yet; NULL without memory, or where the library does not take a password. */
cnetsnmp_line *cnetsnmp_create(const cnetsnmp_identity *identity);

/* Closes and frees a line. */
void cnetsnmp_destroy(cnetsnmp_line *line);

/* Opens a socket that hears nobody but peer, an address such as udp:192.0.2.1:161 or udp6:[::1]:161; 0 or errno. */
int cnetsnmp_open(cnetsnmp_line *line, const char *peer);

/* Closes the socket; a request under way is forgotten, and so is what is known of the agent's engine. */
void cnetsnmp_close(cnetsnmp_line *line);

/* The socket; -1 where the line is closed. */
int cnetsnmp_socket(const cnetsnmp_line *line);

/* SNMPv3: whether the agent must be asked for its engine before anything else. */
int cnetsnmp_needs_engine(const cnetsnmp_line *line);

/* Asks the agent for its engine: an answer without objects. 0 or errno. */
int cnetsnmp_discover(cnetsnmp_line *line, long timeout_ms, int retries);

/* Sends a request; 0, EMSGSIZE where it is too long, or another errno. */
int cnetsnmp_send(cnetsnmp_line *line, const cnetsnmp_request *request);

/* Reads what has come, if is_readable, and looks at the clock; NULL while the request is under way. */
const cnetsnmp_answer *cnetsnmp_step(cnetsnmp_line *line, int is_readable);

/* In how many milliseconds the line wants to look at the clock; -1 where no request is under way. */
long cnetsnmp_wait(cnetsnmp_line *line);

/* Swift imports neither functions with variable arguments nor glibc's pthread_setname_np without _GNU_SOURCE, and no
   eventfd. */
void cnetsnmp_name_this_thread(const char *name);

/* A descriptor that is readable from cnetsnmp_ring until cnetsnmp_quiet; -1 and errno. */
int cnetsnmp_bell(void);
void cnetsnmp_ring(int bell);
void cnetsnmp_quiet(int bell);

#endif
