/**
 * The Prometheus that scrapes this platform, if the settings name one. People choose neither its address nor what it is asked. What it
 * answers is as untrusted as any answer: bounded in time and size, and read as numbers only.
 */
@NullMarked
package io.bascule.api.scaling.prometheus;

import org.jspecify.annotations.NullMarked;
