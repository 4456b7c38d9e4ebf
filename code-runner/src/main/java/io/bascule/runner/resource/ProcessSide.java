package io.bascule.runner.resource;

import java.io.IOException;

/** What a job's process hears of one of its connections. Calls may block while it does not listen. */
public interface ProcessSide {

    /** The way is open. Before any data. */
    void opened() throws IOException;

    /** From the resource, in order. */
    void data(byte[] bytes) throws IOException;

    /** The resource sends no more. */
    void ended() throws IOException;

    /** So many of its own bytes have gone on: it may send as many more. */
    void taken(int bytes) throws IOException;

    /** It was cut; the last that it hears. */
    void failed(String code, String message) throws IOException;
}
