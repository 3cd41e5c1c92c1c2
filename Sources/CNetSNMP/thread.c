#include <sys/eventfd.h>
#include <sys/prctl.h>
#include "CNetSNMP.h"

void cnetsnmp_name_this_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}

int cnetsnmp_bell(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void cnetsnmp_ring(int bell) {
    eventfd_write(bell, 1);
}

void cnetsnmp_quiet(int bell) {
    eventfd_t rings;
    eventfd_read(bell, &rings);
}
