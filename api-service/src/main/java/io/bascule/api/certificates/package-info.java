/**
 * The platform's certificate authority. Invariant: of a request only the key is taken, and only after its holder proved
 * to own it; who the certificate names and how long it lasts is decided here.
 */
@NullMarked
package io.bascule.api.certificates;

import org.jspecify.annotations.NullMarked;
