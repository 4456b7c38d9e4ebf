/**
 * The catalogue of task types: what each is called, what input it takes, in which lanes it runs. The API checks inputs
 * against it before accepting a task, workers find their handlers by it, so both must hold the same catalogue.
 */
@NullMarked
package io.bascule.tasks.type;

import org.jspecify.annotations.NullMarked;
