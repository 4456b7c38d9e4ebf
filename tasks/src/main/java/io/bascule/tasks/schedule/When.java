package io.bascule.tasks.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** The times of a schedule. */
public sealed interface When {

    /**
     * The first occurrence after a moment; empty when there is none.
     *
     * @param anchor where intervals are counted from
     * @throws IllegalArgumentException with what to change, if the times cannot be read
     */
    Optional<Instant> after(Instant moment, Instant anchor);

    /**
     * Local times of a zone. When clocks are set forward, a time that is left out comes at the moment after the gap; when they
     * are set back, a time that happens twice counts the first time only. An expression whose hour is {@code *} is a rhythm
     * rather than times of the day: it goes on through both.
     */
    record Cron(CronTimes times, ZoneId zone) implements When {

        /** @throws IllegalArgumentException with what to change */
        public static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(
                        "%s (expected: a time zone such as Europe/Berlin or UTC)".formatted(name), unknown);
            }
        }

        @Override
        public Optional<Instant> after(Instant moment, Instant anchor) {
            return times.everyHour() ? inRhythm(moment) : byTheClock(moment);
        }

        /** Goes from local time to local time; later ones never come earlier, so the first that lies ahead is the next. */
        private Optional<Instant> byTheClock(Instant moment) {
            Optional<LocalDateTime> local = times.after(LocalDateTime.ofInstant(moment, zone));
            while (local.isPresent() && !instantOf(local.get()).isAfter(moment)) {
                local = times.after(local.get());
            }
            return local.map(this::instantOf);
        }

        private Instant instantOf(LocalDateTime local) {
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            return change != null && change.isGap()
                    ? change.getInstant()
                    : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        }

        /** Counts with the offset that is in force, up to the moment at which another one is. */
        private Optional<Instant> inRhythm(Instant moment) {
            ZoneOffset offset = zone.getRules().getOffset(moment);
            LocalDateTime from = LocalDateTime.ofInstant(moment, offset);
            ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
            while (true) {
                Optional<LocalDateTime> local = times.after(from);
                if (local.isEmpty()) {
                    return Optional.empty();
                }
                Instant next = local.get().toInstant(offset);
                if (change == null || next.isBefore(change.getInstant())) {
                    return Optional.of(next);
                }
                offset = change.getOffsetAfter();
                from = change.getDateTimeAfter().minusNanos(1);
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
    }

    /**
     * An expression or a zone that was good when it was stored, such as a zone that has left the platform's time zones since.
     * It can be shown, changed and removed like any other; only its times are not known.
     *
     * @param reason what is wrong with it
     */
    record Unreadable(String times, String zone, String reason) implements When {

        @Override
        public Optional<Instant> after(Instant moment, Instant anchor) {
            throw new IllegalArgumentException(reason);
        }
    }

    /** So long after one another, counted from the anchor; clocks that are set do not matter. Whole seconds, at least one. */
    record Every(Duration interval) implements When {

        private static final Duration LONGEST = Duration.ofDays(366);

        public Every {
            boolean whole = interval.equals(interval.truncatedTo(ChronoUnit.SECONDS));
            if (!whole || interval.toSeconds() < 1 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "%s (expected: whole seconds from PT1S to P366D)".formatted(interval));
            }
        }

        /** @throws IllegalArgumentException with what to change */
        public static Every parse(String text) {
            try {
                return new Every(Duration.parse(text));
            } catch (DateTimeParseException unreadable) {
                throw new IllegalArgumentException(
                        "%s (expected: a duration such as PT15M or P1D)".formatted(text), unreadable);
            }
        }

        @Override
        public Optional<Instant> after(Instant moment, Instant anchor) {
            long passed = Math.floorDiv(Duration.between(anchor, moment).toSeconds(), interval.toSeconds());
            return Optional.of(anchor.plusSeconds(interval.toSeconds() * Math.max(1, passed + 1)));
        }
    }
}
