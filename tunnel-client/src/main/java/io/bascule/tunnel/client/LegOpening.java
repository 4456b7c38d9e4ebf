package io.bascule.tunnel.client;

/** Makes a leg to one bridge; what it is made of is for the opening to choose. */
interface LegOpening {

    /** A leg that has not been started. */
    Leg open(LegListener listener);
}
