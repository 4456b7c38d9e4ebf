package io.bascule.api.system;

/** The database's schema is older than this service needs. */
class SchemaTooOld extends RuntimeException {

    SchemaTooOld(int found, int required) {
        super("The database has %s, and this service needs version %d."
                .formatted(found == 0 ? "no schema" : "its schema at version " + found, required));
    }
}
