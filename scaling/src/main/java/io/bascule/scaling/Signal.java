package io.bascule.scaling;

/**
 * What a service scales on: makes a reading of a value that its metrics told. The value is a total of the service (jobs,
 * workers, a share, per cent), not yet shared by its pods.
 */
public sealed interface Signal {

    /** As a person would say it. */
    String text();

    /** The series that the value is read from, or the first of them; {@code cpu} of processor time. */
    String metric();

    /** What is compared with the threshold, as a person would write it down. */
    String formula();

    /** At what the formula is held, with its unit. */
    String threshold();

    /** The value in a simulation. */
    double value(Moment moment);

    Reading reading(double value);

    /** What a simulation shows an autoscaler. */
    default Reading read(Moment moment) {
        return reading(value(moment));
    }

    /**
     * Jobs that run and wait, per pod.
     *
     * @param metric whose sum over the pods they are, such as {@code instant_tasks_jobs_total}
     */
    record JobsPerPod(String metric, double target) implements Signal {

        @Override
        public String text() {
            return "%s jobs per pod".formatted(plain(target));
        }

        @Override
        public String formula() {
            return "sum(%s) ÷ pods".formatted(metric);
        }

        @Override
        public String threshold() {
            return plain(target);
        }

        @Override
        public double value(Moment moment) {
            return moment.running() + moment.waiting();
        }

        @Override
        public Reading reading(double value) {
            return new Reading.Average(value, target);
        }
    }

    /** Workers that could work now and a part more: {@code queued_tasks_workers_required} with KEDA's query. */
    record WorkersRequired(double reserve) implements Signal {

        @Override
        public String text() {
            return "workers required and %s %% more".formatted(plain(reserve * 100));
        }

        @Override
        public String metric() {
            return "queued_tasks_workers_required";
        }

        @Override
        public String formula() {
            return "%s × %s ÷ pods".formatted(metric(), plain(1 + reserve));
        }

        @Override
        public String threshold() {
            return "1";
        }

        @Override
        public double value(Moment moment) {
            return Math.ceil(moment.running() + moment.waiting() - 1e-9);
        }

        @Override
        public Reading reading(double value) {
            return new Reading.Average(value * (1 + reserve), 1);
        }
    }

    /** The part of all job spaces that is taken: the code runner's. */
    record SpacesTaken(double target) implements Signal {

        @Override
        public String text() {
            return "%s %% of the job spaces taken".formatted(plain(target * 100));
        }

        @Override
        public String metric() {
            return "custom_code_runner_total_job_spaces";
        }

        @Override
        public String formula() {
            return "1 − sum(custom_code_runner_remaining_job_spaces) ÷ sum(custom_code_runner_total_job_spaces)";
        }

        @Override
        public String threshold() {
            return plain(target);
        }

        @Override
        public double value(Moment moment) {
            return moment.running() / (moment.ready() * (double) moment.slots());
        }

        @Override
        public Reading reading(double value) {
            return new Reading.Value(value, target);
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
        public String metric() {
            return "cpu";
        }

        @Override
        public String formula() {
            return "processors used ÷ (pods × %s)".formatted(plain(requested));
        }

        @Override
        public String threshold() {
            return plain(percent) + " %";
        }

        @Override
        public double value(Moment moment) {
            return 100 * moment.running() / (moment.ready() * requested);
        }

        @Override
        public Reading reading(double value) {
            return new Reading.Utilization(value, percent);
        }
    }

    private static String plain(double number) {
        double rounded = Math.round(number * 1e6) / 1e6;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
