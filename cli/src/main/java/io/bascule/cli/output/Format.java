package io.bascule.cli.output;

/** How results are written; named as they are typed. */
@SuppressWarnings("checkstyle:ConstantName")
public enum Format {
    table,
    json,
    jsonl,
    yaml
}
