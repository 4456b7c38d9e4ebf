/** The audit log: every decision that lets someone in and every change, written with it or before it. Append-only. */
@NullMarked
package io.bascule.api.audit;

import org.jspecify.annotations.NullMarked;
