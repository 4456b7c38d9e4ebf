/** The gRPC server: TLS 1.3 only, and nobody without a certificate of the platform. */
@NullMarked
package io.bascule.bridge.server;

import org.jspecify.annotations.NullMarked;
