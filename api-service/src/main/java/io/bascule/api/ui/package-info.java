/** The web UI's built files, where this service is told to serve them. What it serves is public: it holds no data. */
@NullMarked
package io.bascule.api.ui;

import org.jspecify.annotations.NullMarked;
