package io.bascule.tasks.store;

import io.bascule.tasks.store.RoundTrip.Query;

/** One claim: what it asks the database, and what came of it when all rows of the answer have been read. */
interface ClaimQuery {

    static ClaimQuery of(ClaimRequest request) {
        return request.isNear() ? new NearClaim(request) : new JdbcClaims.Found(request);
    }

    Query query();

    Claimed claimed();
}
