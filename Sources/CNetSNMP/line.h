#ifndef CNETSNMP_LINE_H
#define CNETSNMP_LINE_H
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include "CNetSNMP.h"

/* Longest ID of an engine (RFC 3411, SnmpEngineID). */
#define CNETSNMP_LONGEST_ENGINE 32

/* A password made into a key that fits no engine yet. */
typedef struct {
    u_char bytes[USM_LENGTH_KU_HASHBLOCK];
    size_t length;
} cnetsnmp_key;

struct cnetsnmp_line {
    cnetsnmp_version version;
    char *user;
    char *context;
    cnetsnmp_digest digest;
    cnetsnmp_key digest_key;
    cnetsnmp_cipher cipher;
    cnetsnmp_key cipher_key;

    /* The library's session; NULL while closed. */
    void *session;
    int socket;
    netsnmp_large_fd_set descriptors;

    u_char engine[CNETSNMP_LONGEST_ENGINE];
    size_t engine_length;
    /* The library's user of this engine; in its list only between cnetsnmp_enter and cnetsnmp_leave. */
    struct usmUser *usm_user;
    /* The engine's clock as it was at clock_seen by our own. */
    u_int boots;
    u_int clock;
    u_int clock_seen;
    int has_clock;
    int is_clock_authentic;

    int is_under_way;
    int is_discovering;
    int has_answer;
    cnetsnmp_answer answer;
    /* What the objects of the answer point into. */
    netsnmp_variable_list *variables;
    cnetsnmp_object *objects;
};

/* Makes the keys of passwords, which takes some milliseconds; 0 where the library does not take one. */
int cnetsnmp_make_keys(cnetsnmp_line *line, const cnetsnmp_identity *identity);
/* Takes the engine that the agent has told, and makes the user for it; 0 where that fails. */
int cnetsnmp_take_engine(cnetsnmp_line *line, const u_char *engine, size_t length);
/* Forgets the engine, its clock and its user. */
void cnetsnmp_forget_engine(cnetsnmp_line *line);
/* Puts the user and the clock into the library's lists; before every call of it that builds or reads a message. */
void cnetsnmp_enter(cnetsnmp_line *line);
/* Takes them out again. */
void cnetsnmp_leave(cnetsnmp_line *line);

/* Forgets the answer before. */
void cnetsnmp_drop_answer(cnetsnmp_line *line);
/* Keeps the message as the answer, with the objects taken out of it. */
void cnetsnmp_keep_answer(cnetsnmp_line *line, netsnmp_pdu *pdu);
/* Keeps an answer that is no message. */
void cnetsnmp_keep_outcome(cnetsnmp_line *line, cnetsnmp_outcome outcome, long status);
#endif
