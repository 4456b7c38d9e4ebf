package io.bascule.scaling;

/** What a service scales on: makes a reading of the state that its metrics told. */
public sealed interface Signal {

    /** As a person would say it. */
    String text();

    Reading read(Moment moment);

    /** Jobs that run and wait, per pod: {@code instant_tasks_jobs_total}, {@code bascule_bridge_tunnels}. */
    record JobsPerPod(double target) implements Signal {

        @Override
        public String text() {
            return "%s jobs per pod".formatted(plain(target));
        }

        @Override
        public Reading read(Moment moment) {
            return new Reading.Average(moment.running() + moment.waiting(), target);
        }
    }

    /** Workers that could work now and a part more: {@code queued_tasks_workers_required} with KEDA's query. */
    record WorkersRequired(double reserve) implements Signal {

        @Override
        public String text() {
            return "workers required and %s %% more".formatted(plain(reserve * 100));
        }

        @Override
        public Reading read(Moment moment) {
            double required = Math.ceil(moment.running() + moment.waiting() - 1e-9);
            return new Reading.Average(required * (1 + reserve), 1);
        }
    }

    /** The part of all job spaces that is taken: the code runner's. */
    record SpacesTaken(double target) implements Signal {

        @Override
        public String text() {
            return "%s %% of the job spaces taken".formatted(plain(target * 100));
        }

        @Override
        public Reading read(Moment moment) {
            return new Reading.Value(moment.running() / (moment.ready() * (double) moment.slots()), target);
        }
    }

    /**
     * Processor time as a part of what is requested, where a running job keeps one processor busy.
     *
     * @param requested processors per pod
     */
    record Processors(double percent, double requested) implements Signal {

        @Override
        public String text() {
            return "%s %% of %s processors requested".formatted(plain(percent), plain(requested));
        }

        @Override
        public Reading read(Moment moment) {
            return new Reading.Utilization(100 * moment.running() / (moment.ready() * requested), percent);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
