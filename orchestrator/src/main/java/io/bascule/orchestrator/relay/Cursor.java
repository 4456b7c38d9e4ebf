package io.bascule.orchestrator.relay;

/**
 * A place in the outbox: everything up to and including it has been published.
 *
 * @param xid the transaction, as PostgreSQL's 64-bit number in decimal
 * @param seq the row's number within and across transactions
 */
record Cursor(String xid, long seq) {}
