/** What autoscalers would do, reckoned on this machine: needs no platform. */
@NullMarked
package io.bascule.cli.scaling;

import org.jspecify.annotations.NullMarked;
