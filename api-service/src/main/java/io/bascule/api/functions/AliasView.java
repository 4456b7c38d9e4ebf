package io.bascule.api.functions;

import java.time.Instant;

/**
 * An alias as clients see it.
 *
 * @param version the number of the version that it stands for
 * @param updatedBy name of the user who made it stand for this version
 */
record AliasView(String name, int version, Instant updatedAt, String updatedBy) {

    static AliasView of(Alias alias) {
        return new AliasView(alias.name(), alias.version(), alias.updatedAt(), alias.updatedBy());
    }
}
