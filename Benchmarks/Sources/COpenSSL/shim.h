#include <openssl/ssl.h>
#include <openssl/err.h>

/* SSL_CTX_set_min_proto_version and its like are macros, which Swift does not see. */
static inline void nutload_pin_tls13(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION);
}
