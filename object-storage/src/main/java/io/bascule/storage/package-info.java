/**
 * Where large things are kept that are written once: results and logs of tasks. An object is either there as a whole or not at
 * all. docs/adr/0006-object-storage.md says what goes where.
 */
@NullMarked
package io.bascule.storage;

import org.jspecify.annotations.NullMarked;
