package io.bascule.api.scaling;

import io.bascule.scaling.Course;
import io.bascule.scaling.Moment;
import java.util.List;

/**
 * What a simulation showed.
 *
 * @param moments evenly over its time, 240 at most
 */
record CourseView(Course.Summary summary, List<MomentView> moments) {

    private static final int MOST_MOMENTS = 240;

    /** The state at one second since the start. */
    record MomentView(int second, double arrivals, double waiting, double running, int pods, int ready) {

        private static MomentView of(Moment moment) {
            return new MomentView(
                    moment.second(),
                    hundredths(moment.arrivals()),
                    hundredths(moment.waiting()),
                    hundredths(moment.running()),
                    moment.pods(),
                    moment.ready());
        }

        private static double hundredths(double number) {
            return Math.round(number * 100) / 100.0;
        }
    }

    static CourseView of(Course course) {
        int every = Math.ceilDiv(course.moments().size(), MOST_MOMENTS);
        return new CourseView(
                course.summary(),
                course.moments().stream()
                        .filter(moment -> moment.second() % every == 0)
                        .map(MomentView::of)
                        .toList());
    }
}
