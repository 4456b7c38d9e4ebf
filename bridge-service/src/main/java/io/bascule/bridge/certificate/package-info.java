/**
 * This bridge's TLS certificate: the key is made here and never leaves, the API signs the request, and renewal at two
 * thirds of its life needs no restart.
 */
@NullMarked
package io.bascule.bridge.certificate;

import org.jspecify.annotations.NullMarked;
