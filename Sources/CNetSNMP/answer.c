#include <stdlib.h>
#include "line.h"

void cnetsnmp_drop_answer(cnetsnmp_line *line) {
    snmp_free_varbind(line->variables);
    line->variables = NULL;
    free(line->objects);
    line->objects = NULL;
    line->has_answer = 0;
    memset(&line->answer, 0, sizeof line->answer);
}

void cnetsnmp_keep_outcome(cnetsnmp_line *line, cnetsnmp_outcome outcome, long status) {
    cnetsnmp_drop_answer(line);
    line->has_answer = 1;
    line->answer.outcome = outcome;
    line->answer.status = status;
}

static cnetsnmp_report report_of(netsnmp_pdu *pdu) {
    switch (snmpv3_get_report_type(pdu)) {
    case SNMPERR_UNKNOWN_ENG_ID: return CNETSNMP_UNKNOWN_ENGINE;
    case SNMPERR_UNKNOWN_USER_NAME: return CNETSNMP_UNKNOWN_USER;
    case SNMPERR_AUTHENTICATION_FAILURE: return CNETSNMP_WRONG_DIGEST;
    case SNMPERR_DECRYPTION_ERR: return CNETSNMP_NOT_DECRYPTED;
    case SNMPERR_UNSUPPORTED_SEC_LEVEL: return CNETSNMP_WRONG_LEVEL;
    case SNMPERR_NOT_IN_TIME_WINDOW: return CNETSNMP_WRONG_TIME;
    case SNMPERR_BAD_CONTEXT: return CNETSNMP_WRONG_CONTEXT;
    default: return CNETSNMP_OTHER_REPORT;
    }
}

/* Its own kind, or NULL for what this product does not know, such as a number with a fraction in an Opaque. */
static void read_object(const netsnmp_variable_list *variable, cnetsnmp_object *object) {
    object->name = variable->name;
    object->name_length = variable->name_length;
    switch (variable->type) {
    case ASN_INTEGER:
        object->type = CNETSNMP_INTEGER;
        object->integer = *variable->val.integer;
        return;
    case ASN_COUNTER: case ASN_GAUGE: case ASN_TIMETICKS: case ASN_UINTEGER:
        object->type = CNETSNMP_UNSIGNED;
        object->number = (uint32_t) *variable->val.integer;
        return;
    case ASN_COUNTER64:
        object->type = CNETSNMP_UNSIGNED;
        object->number = (uint64_t) (uint32_t) variable->val.counter64->high << 32 | (uint32_t) variable->val.counter64->low;
        return;
    case ASN_OCTET_STR: case ASN_IPADDRESS: case ASN_OPAQUE: case ASN_BIT_STR: case ASN_NSAP:
        object->type = CNETSNMP_OCTETS;
        object->octets = variable->val.string;
        object->length = variable->val_len;
        return;
    case ASN_OBJECT_ID:
        object->type = CNETSNMP_OID;
        object->oid = variable->val.objid;
        object->length = variable->val_len / sizeof(oid);
        return;
    case SNMP_NOSUCHOBJECT: case SNMP_NOSUCHINSTANCE: case SNMP_ENDOFMIBVIEW:
        object->type = CNETSNMP_MISSING;
        return;
    default:
        object->type = CNETSNMP_NULL;
    }
}

static void take_objects(cnetsnmp_line *line, netsnmp_pdu *pdu) {
    size_t count = 0;
    for (const netsnmp_variable_list *each = pdu->variables; each; each = each->next_variable) count++;
    if (count == 0) return;
    line->objects = calloc(count, sizeof *line->objects);
    if (!line->objects) return;
    line->variables = pdu->variables;
    pdu->variables = NULL;
    size_t index = 0;
    for (const netsnmp_variable_list *each = line->variables; each; each = each->next_variable) {
        read_object(each, &line->objects[index++]);
    }
    line->answer.objects = line->objects;
    line->answer.count = count;
}

void cnetsnmp_keep_answer(cnetsnmp_line *line, netsnmp_pdu *pdu) {
    cnetsnmp_keep_outcome(line, CNETSNMP_ANSWERED, pdu->errstat);
    line->answer.index = pdu->errindex;
    if (pdu->command == SNMP_MSG_REPORT) {
        line->answer.outcome = CNETSNMP_REPORTED;
        line->answer.report = report_of(pdu);
    } else {
        take_objects(line, pdu);
    }
}
