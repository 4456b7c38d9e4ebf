/** Results as people and scripts want them. Invariant: standard output carries results and nothing else. */
@NullMarked
package io.bascule.cli.output;

import org.jspecify.annotations.NullMarked;
