/** Agents and resources. */
@NullMarked
package io.bascule.cli.registry;

import org.jspecify.annotations.NullMarked;
