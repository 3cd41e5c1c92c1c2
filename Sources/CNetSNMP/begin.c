#include "line.h"
#include <net-snmp/library/snmpv3.h>

/*
 * Not init_snmp: that would also read configuration files, MIBs and the folder of certificates, make folders, and take the
 * locale of the environment for the whole process. What follows is the part of it that sessions need.
 */
void cnetsnmp_begin(void) {
    netsnmp_session session;
    /* A log handler that drops everything: without any, the library writes to standard error. */
    netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_ALARM_DONT_USE_SIG, 1);
    netsnmp_ds_set_string(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_APPTYPE, "upsd-swift");
    netsnmp_container_init_list();
    init_callbacks();
    snmp_init_statistics();
    /* The first session to be filled in starts the transports. */
    snmp_sess_init(&session);
    init_snmpv3("upsd-swift");
    /* Nothing was read, which is when an ID of our own engine and the first salts are made. */
    snmp_call_callbacks(SNMP_CALLBACK_LIBRARY, SNMP_CALLBACK_POST_PREMIB_READ_CONFIG, NULL);
    init_snmpv3_post_config(0, 0, NULL, NULL);
}
