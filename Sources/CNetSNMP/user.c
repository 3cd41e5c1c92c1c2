#include <string.h>
#include "line.h"
/* Behind the library's own, which they need. */
#include <net-snmp/library/keytools.h>
#include <net-snmp/library/lcd_time.h>
#include <net-snmp/library/scapi.h>
#include <net-snmp/library/snmpusm.h>

static int digest_number(cnetsnmp_digest digest) {
    switch (digest) {
    case CNETSNMP_MD5: return NETSNMP_USMAUTH_HMACMD5;
    case CNETSNMP_SHA: return NETSNMP_USMAUTH_HMACSHA1;
    case CNETSNMP_SHA224: return NETSNMP_USMAUTH_HMAC128SHA224;
    case CNETSNMP_SHA256: return NETSNMP_USMAUTH_HMAC192SHA256;
    case CNETSNMP_SHA384: return NETSNMP_USMAUTH_HMAC256SHA384;
    case CNETSNMP_SHA512: return NETSNMP_USMAUTH_HMAC384SHA512;
    case CNETSNMP_NO_DIGEST: break;
    }
    return -1;
}

static int cipher_number(cnetsnmp_cipher cipher) {
    switch (cipher) {
    case CNETSNMP_DES: return USM_CREATE_USER_PRIV_DES;
    case CNETSNMP_AES128: return USM_CREATE_USER_PRIV_AES;
    case CNETSNMP_AES192: return USM_CREATE_USER_PRIV_AES192;
    case CNETSNMP_AES256: return USM_CREATE_USER_PRIV_AES256;
    case CNETSNMP_AES192C: return USM_CREATE_USER_PRIV_AES192_CISCO;
    case CNETSNMP_AES256C: return USM_CREATE_USER_PRIV_AES256_CISCO;
    case CNETSNMP_NO_CIPHER: break;
    }
    return USM_CREATE_USER_PRIV_NONE;
}

static int make_key(cnetsnmp_digest digest, const char *password, cnetsnmp_key *key) {
    size_t length = 0;
    const oid *protocol = sc_get_auth_oid(digest_number(digest), &length);
    if (!protocol || !password) return 0;
    key->length = sizeof key->bytes;
    return generate_Ku(protocol, length, (const u_char *) password, strlen(password), key->bytes, &key->length)
        == SNMPERR_SUCCESS;
}

int cnetsnmp_make_keys(cnetsnmp_line *line, const cnetsnmp_identity *identity) {
    line->digest = identity->digest;
    line->cipher = identity->cipher;
    if (line->digest == CNETSNMP_NO_DIGEST) return line->cipher == CNETSNMP_NO_CIPHER;
    if (!make_key(line->digest, identity->digest_password, &line->digest_key)) return 0;
    if (line->cipher == CNETSNMP_NO_CIPHER) return 1;
    return make_key(line->digest, identity->cipher_password, &line->cipher_key);
}

/* A copy of a protocol's number in the place of the one before; 0 without memory, or where it is not known. */
static int set_protocol(oid **place, size_t *place_length, const oid *protocol, size_t length) {
    if (!protocol) return 0;
    oid *copy = snmp_duplicate_objid(protocol, length);
    if (!copy) return 0;
    free(*place);
    *place = copy;
    *place_length = length;
    return 1;
}

/* The key of a password for the engine of the user; the buffer is as long as the longest. */
static int localise(const cnetsnmp_key *key, struct usmUser *user, u_char **place, size_t *place_length) {
    *place = calloc(1, USM_PRIV_KU_LEN);
    *place_length = USM_PRIV_KU_LEN;
    return *place && generate_kul(
        user->authProtocol, user->authProtocolLen, user->engineID, user->engineIDLen, key->bytes, key->length, *place,
        place_length) == SNMPERR_SUCCESS;
}

static int set_digest(const cnetsnmp_line *line, struct usmUser *user) {
    size_t length = 0;
    if (line->digest == CNETSNMP_NO_DIGEST) return 1;
    const oid *protocol = sc_get_auth_oid(digest_number(line->digest), &length);
    return set_protocol(&user->authProtocol, &user->authProtocolLen, protocol, length)
        && localise(&line->digest_key, user, &user->authKey, &user->authKeyLen);
}

static int set_cipher(const cnetsnmp_line *line, struct usmUser *user) {
    size_t length = 0;
    if (line->cipher == CNETSNMP_NO_CIPHER) return 1;
    const oid *protocol = sc_get_priv_oid(cipher_number(line->cipher), &length);
    return set_protocol(&user->privProtocol, &user->privProtocolLen, protocol, length)
        && localise(&line->cipher_key, user, &user->privKey, &user->privKeyLen)
        && usm_extend_user_kul(user, USM_PRIV_KU_LEN) == SNMPERR_SUCCESS;
}

static int fill(const cnetsnmp_line *line, struct usmUser *user) {
    user->name = strdup(line->user);
    user->secName = strdup(line->user);
    user->engineID = netsnmp_memdup(line->engine, line->engine_length);
    user->engineIDLen = line->engine_length;
    return user->name && user->secName && user->engineID && set_digest(line, user) && set_cipher(line, user);
}

int cnetsnmp_take_engine(cnetsnmp_line *line, const u_char *engine, size_t length) {
    cnetsnmp_forget_engine(line);
    if (length == 0 || length > sizeof line->engine) return 0;
    memcpy(line->engine, engine, length);
    line->engine_length = length;
    line->usm_user = usm_create_user();
    if (line->usm_user && fill(line, line->usm_user)) return 1;
    cnetsnmp_forget_engine(line);
    return 0;
}

void cnetsnmp_forget_engine(cnetsnmp_line *line) {
    usm_free_user(line->usm_user);
    line->usm_user = NULL;
    line->engine_length = 0;
    line->has_clock = line->is_clock_authentic = 0;
}

void cnetsnmp_enter(cnetsnmp_line *line) {
    if (!line->usm_user) return;
    line->usm_user->next = line->usm_user->prev = NULL;
    usm_add_user(line->usm_user);
    if (!line->has_clock) return;
    u_int clock = line->clock + (snmpv3_local_snmpEngineTime() - line->clock_seen);
    set_enginetime(line->engine, line->engine_length, line->boots, clock, line->is_clock_authentic);
}

void cnetsnmp_leave(cnetsnmp_line *line) {
    if (line->usm_user) {
        usm_remove_user(line->usm_user);
        line->usm_user->next = line->usm_user->prev = NULL;
        u_int boots = 0, clock = 0;
        /* The library says nothing of a clock that nobody has vouched for, when asked for one that somebody has. */
        get_enginetime(line->engine, line->engine_length, &boots, &clock, TRUE);
        line->is_clock_authentic = boots != 0 || clock != 0;
        if (!line->is_clock_authentic) get_enginetime(line->engine, line->engine_length, &boots, &clock, FALSE);
        line->has_clock = boots != 0 || clock != 0;
        line->boots = boots;
        line->clock = clock;
        line->clock_seen = snmpv3_local_snmpEngineTime();
    }
    /* Agents make the library remember every engine they name. */
    if (line->version == CNETSNMP_V3) free_etimelist();
}
