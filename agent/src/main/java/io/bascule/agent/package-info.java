/**
 * The agent: joins the platform once, holds control streams to two bridges, and dials what tickets of the platform name.
 * It dials nothing that the API did not sign, whatever a bridge says.
 */
@NullMarked
package io.bascule.agent;

import org.jspecify.annotations.NullMarked;
