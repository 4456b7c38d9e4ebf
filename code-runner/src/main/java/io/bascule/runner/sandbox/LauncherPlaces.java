package io.bascule.runner.sandbox;

import java.nio.file.Path;

/**
 * Where one launcher and its processes meet the runner.
 *
 * @param socket where processes connect to
 * @param jobs holds their directories
 */
record LauncherPlaces(Path socket, Path jobs) {}
