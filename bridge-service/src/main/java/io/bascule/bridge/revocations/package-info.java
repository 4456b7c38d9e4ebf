/** What ends tickets before their time, as the API told. Invariant: what is revoked here comes in no more. */
@NullMarked
package io.bascule.bridge.revocations;

import org.jspecify.annotations.NullMarked;
