#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include "line.h"

cnetsnmp_line *cnetsnmp_create(const cnetsnmp_identity *identity) {
    cnetsnmp_line *line = calloc(1, sizeof *line);
    if (!line) return NULL;
    line->version = identity->version;
    line->socket = -1;
    netsnmp_large_fd_set_init(&line->descriptors, FD_SETSIZE);
    line->user = strdup(identity->user ? identity->user : "");
    line->context = strdup(identity->context ? identity->context : "");
    int is_whole = line->user && line->context;
    if (is_whole && line->version == CNETSNMP_V3) is_whole = cnetsnmp_make_keys(line, identity);
    if (is_whole) return line;
    cnetsnmp_destroy(line);
    return NULL;
}

void cnetsnmp_destroy(cnetsnmp_line *line) {
    cnetsnmp_close(line);
    cnetsnmp_drop_answer(line);
    netsnmp_large_fd_set_cleanup(&line->descriptors);
    free(line->user);
    free(line->context);
    explicit_bzero(&line->digest_key, sizeof line->digest_key);
    explicit_bzero(&line->cipher_key, sizeof line->cipher_key);
    free(line);
}

static long version_number(cnetsnmp_version version) {
    switch (version) {
    case CNETSNMP_V1: return SNMP_VERSION_1;
    case CNETSNMP_V2C: return SNMP_VERSION_2c;
    case CNETSNMP_V3: break;
    }
    return SNMP_VERSION_3;
}

static int level(const cnetsnmp_line *line) {
    if (line->digest == CNETSNMP_NO_DIGEST) return SNMP_SEC_LEVEL_NOAUTH;
    return line->cipher == CNETSNMP_NO_CIPHER ? SNMP_SEC_LEVEL_AUTHNOPRIV : SNMP_SEC_LEVEL_AUTHPRIV;
}

/* The library copies what the session points to. The flags: it neither asks for the engine, which would block, nor keeps a
   user of its own. It takes the first flag away while it opens. */
static void *open_session(cnetsnmp_line *line, const char *peer) {
    netsnmp_session session;
    snmp_sess_init(&session);
    session.version = version_number(line->version);
    session.peername = (char *) peer;
    session.flags |= SNMP_FLAGS_DONT_PROBE | SNMP_FLAGS_USER_CREATED;
    if (line->version == CNETSNMP_V3) {
        session.securityModel = SNMP_SEC_MODEL_USM;
        session.securityLevel = level(line);
        session.securityName = line->user;
        session.securityNameLen = strlen(line->user);
        session.contextName = line->context;
        session.contextNameLen = strlen(line->context);
    }
    void *opened = snmp_sess_open(&session);
    if (opened) snmp_sess_session(opened)->flags |= SNMP_FLAGS_DONT_PROBE | SNMP_FLAGS_USER_CREATED;
    return opened;
}

/* Joins the socket to its peer, so that nobody else is heard and the network's refusals are. */
static int join(cnetsnmp_line *line, netsnmp_transport *transport) {
    if (!transport || transport->sock < 0 || !transport->remote) return EADDRNOTAVAIL;
    line->socket = transport->sock;
    if (fcntl(line->socket, F_SETFD, FD_CLOEXEC) < 0 || fcntl(line->socket, F_SETFL, O_NONBLOCK) < 0) return errno;
    if (connect(line->socket, transport->remote, transport->remote_length) < 0) return errno;
    return 0;
}

int cnetsnmp_open(cnetsnmp_line *line, const char *peer) {
    cnetsnmp_close(line);
    errno = 0;
    line->session = open_session(line, peer);
    if (!line->session) return errno ? errno : EADDRNOTAVAIL;
    int code = join(line, snmp_sess_transport(line->session));
    if (code != 0) cnetsnmp_close(line);
    return code;
}

void cnetsnmp_close(cnetsnmp_line *line) {
    /* The library reports a request under way as timed out. */
    line->is_under_way = 0;
    line->is_discovering = 0;
    if (line->session) snmp_sess_close(line->session);
    line->session = NULL;
    line->socket = -1;
    cnetsnmp_forget_engine(line);
}

int cnetsnmp_socket(const cnetsnmp_line *line) {
    return line->socket;
}

int cnetsnmp_needs_engine(const cnetsnmp_line *line) {
    return line->version == CNETSNMP_V3 && line->engine_length == 0;
}

/* Called by the library in the middle of its work: nothing may be sent or closed here. */
static int answered(int operation, netsnmp_session *session, int number, netsnmp_pdu *pdu, void *context) {
    cnetsnmp_line *line = context;
    (void) number;
    if (!line->is_under_way) return 1;
    switch (operation) {
    case NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE:
        /* Of SNMPv1 and v2c the library only compares the number of the request. */
        if (pdu->command != SNMP_MSG_RESPONSE && !(line->version == CNETSNMP_V3 && pdu->command == SNMP_MSG_REPORT)) {
            return 0;
        }
        cnetsnmp_keep_answer(line, pdu);
        break;
    case NETSNMP_CALLBACK_OP_TIMED_OUT:
        cnetsnmp_keep_outcome(line, CNETSNMP_SILENT, 0);
        break;
    case NETSNMP_CALLBACK_OP_SEND_FAILED:
        cnetsnmp_keep_outcome(line, CNETSNMP_UNREACHABLE, session->s_errno);
        break;
    default:
        /* It is sent again; or a report, which comes once more as a message. */
        return 0;
    }
    line->is_under_way = 0;
    return 1;
}

/* Hands a message to the library, which frees it; 0 or errno. */
static int hand_over(cnetsnmp_line *line, netsnmp_pdu *pdu, long timeout_ms, int retries) {
    netsnmp_session *session = snmp_sess_session(line->session);
    int refusal = 0;
    socklen_t length = sizeof refusal;
    cnetsnmp_drop_answer(line);
    session->timeout = timeout_ms * 1000;
    session->retries = retries;
    /* What the network has refused since the last request is of no interest any more. */
    getsockopt(line->socket, SOL_SOCKET, SO_ERROR, &refusal, &length);
    line->is_under_way = 1;
    errno = 0;
    cnetsnmp_enter(line);
    int number = snmp_sess_async_send(line->session, pdu, answered, line);
    cnetsnmp_leave(line);
    if (number != 0) return 0;
    line->is_under_way = 0;
    int code = session->s_errno ? session->s_errno : EIO;
    if (session->s_snmp_errno == SNMPERR_TOO_LONG) code = EMSGSIZE;
    snmp_free_pdu(pdu);
    cnetsnmp_drop_answer(line);
    return code;
}

int cnetsnmp_discover(cnetsnmp_line *line, long timeout_ms, int retries) {
    if (!line->session || line->is_under_way) return EBADF;
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET);
    if (!pdu) return ENOMEM;
    /* A user without a name and an engine without an ID (RFC 3414, 4). */
    pdu->version = SNMP_VERSION_3;
    pdu->securityModel = SNMP_SEC_MODEL_USM;
    pdu->securityLevel = SNMP_SEC_LEVEL_NOAUTH;
    pdu->securityName = strdup("");
    line->is_discovering = 1;
    int code = pdu->securityName ? hand_over(line, pdu, timeout_ms, retries) : ENOMEM;
    if (code != 0) line->is_discovering = 0;
    return code;
}

static int add(netsnmp_pdu *pdu, cnetsnmp_command command, const cnetsnmp_object *object) {
    long integer = (long) object->integer;
    unsigned long number = (unsigned long) object->number;
    if (command != CNETSNMP_SET) return snmp_add_null_var(pdu, object->name, object->name_length) != NULL;
    u_char type = ASN_NULL;
    const void *value = NULL;
    size_t length = 0;
    switch (object->type) {
    case CNETSNMP_INTEGER: type = ASN_INTEGER; value = &integer; length = sizeof integer; break;
    case CNETSNMP_UNSIGNED: type = ASN_UNSIGNED; value = &number; length = sizeof number; break;
    case CNETSNMP_OCTETS: type = ASN_OCTET_STR; value = object->octets; length = object->length; break;
    case CNETSNMP_OID: type = ASN_OBJECT_ID; value = object->oid; length = object->length * sizeof(oid); break;
    case CNETSNMP_NULL: case CNETSNMP_MISSING: break;
    }
    return snmp_pdu_add_variable(pdu, object->name, object->name_length, type, value, length) != NULL;
}

static int command_number(cnetsnmp_command command) {
    switch (command) {
    case CNETSNMP_GET: return SNMP_MSG_GET;
    case CNETSNMP_GETNEXT: return SNMP_MSG_GETNEXT;
    case CNETSNMP_GETBULK: return SNMP_MSG_GETBULK;
    case CNETSNMP_SET: break;
    }
    return SNMP_MSG_SET;
}

static netsnmp_pdu *message(const cnetsnmp_line *line, const cnetsnmp_request *request) {
    netsnmp_pdu *pdu = snmp_pdu_create(command_number(request->command));
    if (!pdu) return NULL;
    pdu->version = version_number(line->version);
    int is_whole = 1;
    if (line->version != CNETSNMP_V3) {
        pdu->community = (u_char *) strdup(request->community ? request->community : "");
        pdu->community_len = pdu->community ? strlen((const char *) pdu->community) : 0;
        is_whole = pdu->community != NULL;
    }
    if (request->command == CNETSNMP_GETBULK) {
        pdu->non_repeaters = 0;
        pdu->max_repetitions = request->repetitions;
    }
    for (size_t index = 0; is_whole && index < request->count; index++) {
        is_whole = add(pdu, request->command, &request->objects[index]);
    }
    if (is_whole) return pdu;
    snmp_free_pdu(pdu);
    return NULL;
}

int cnetsnmp_send(cnetsnmp_line *line, const cnetsnmp_request *request) {
    if (!line->session || line->is_under_way || cnetsnmp_needs_engine(line)) return EBADF;
    netsnmp_pdu *pdu = message(line, request);
    if (!pdu) return ENOMEM;
    return hand_over(line, pdu, request->timeout_ms, request->retries);
}

/* What the network has said instead of the agent; 0 where nothing. */
static int refusal(const cnetsnmp_line *line) {
    int code = 0;
    socklen_t length = sizeof code;
    return getsockopt(line->socket, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno;
}

/* The report that answers a question for the engine names it, and so does the session then. */
static void finish_discovery(cnetsnmp_line *line) {
    line->is_discovering = 0;
    if (line->answer.outcome != CNETSNMP_REPORTED) return;
    netsnmp_session *session = snmp_sess_session(line->session);
    if (!cnetsnmp_take_engine(line, session->securityEngineID, session->securityEngineIDLen)) return;
    cnetsnmp_keep_outcome(line, CNETSNMP_ANSWERED, 0);
}

const cnetsnmp_answer *cnetsnmp_step(cnetsnmp_line *line, int is_readable) {
    if (!line->session || !line->is_under_way) return NULL;
    int code = is_readable ? refusal(line) : 0;
    if (code != 0) {
        line->is_under_way = 0;
        cnetsnmp_keep_outcome(line, CNETSNMP_UNREACHABLE, code);
        return &line->answer;
    }
    cnetsnmp_enter(line);
    if (is_readable) {
        NETSNMP_LARGE_FD_SET(line->socket, &line->descriptors);
        snmp_sess_read2(line->session, &line->descriptors);
        NETSNMP_LARGE_FD_CLR(line->socket, &line->descriptors);
    }
    if (line->is_under_way) snmp_sess_timeout(line->session);
    int is_done = !line->is_under_way && line->has_answer;
    /* Still inside: the report has told the clock too. */
    if (is_done && line->is_discovering) finish_discovery(line);
    cnetsnmp_leave(line);
    return is_done ? &line->answer : NULL;
}

long cnetsnmp_wait(cnetsnmp_line *line) {
    if (!line->session || !line->is_under_way) return -1;
    int count = 0, block = 1;
    struct timeval left = {0, 0};
    snmp_sess_select_info2(line->session, &count, &line->descriptors, &left, &block);
    NETSNMP_LARGE_FD_CLR(line->socket, &line->descriptors);
    /* A millisecond more than the rest, so that it is over then. */
    return block ? -1 : left.tv_sec * 1000 + left.tv_usec / 1000 + 1;
}
