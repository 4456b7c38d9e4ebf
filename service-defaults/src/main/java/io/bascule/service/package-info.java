/** Defaults under every service's own configuration. */
@NullMarked
package io.bascule.service;

import org.jspecify.annotations.NullMarked;
