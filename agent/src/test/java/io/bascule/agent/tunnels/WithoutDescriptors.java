package io.bascule.agent.tunnels;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program that opens files until it may open no more, and then dials: {@code … FILE PORT}. */
final class WithoutDescriptors {

    private WithoutDescriptors() {}

    public static void main(String[] arguments) {
        DialTarget target = new DialTarget(Duration.ofSeconds(5));
        int port = Integer.parseInt(arguments[1]);
        // What this needs of classes is loaded while files can be opened.
        System.out.println(said(target.dial("127.0.0.1", port)));
        List<FileInputStream> open = new ArrayList<>();
        try {
            while (true) {
                open.add(new FileInputStream(Path.of(arguments[0]).toFile()));
            }
        } catch (IOException none) {
            System.out.println(said(target.dial("127.0.0.1", port)));
            System.out.println(open.size());
        }
    }

    private static String said(Dialled dialled) {
        return switch (dialled) {
            case Dialled.Connected _ -> "connected";
            case Dialled.Failed(Refusal refusal) -> refusal.code().value() + " " + refusal.text();
        };
    }
}
