package io.bascule.tasks.gauge;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The right to publish the platform's gauges. One pod holds it at a time, by the database's clock; a new holder publishes one
 * scrape interval after the old one's end, when the old one's last values are out of sight.
 */
public class GaugeLease {

    private static final String HOLD = """
            insert into gauge_lease as g (one, holder, fence, publish_from, held_until)
            values (true, :holder, 1, clock_timestamp(), clock_timestamp() + :life * interval '1 ms')
            on conflict (one) do update set
                holder = :holder,
                fence = g.fence + case when g.holder = :holder then 0 else 1 end,
                publish_from = case when g.holder = :holder and g.held_until >= clock_timestamp() then g.publish_from
                    else greatest(clock_timestamp(), g.held_until + :interval * interval '1 ms') end,
                held_until = clock_timestamp() + :life * interval '1 ms'
            where g.holder = :holder or g.held_until < clock_timestamp()""";

    private static final String RELEASE =
            "update gauge_lease set held_until = clock_timestamp() where holder = ? and held_until > clock_timestamp()";

    private final JdbcClient database;
    private final String holder;
    private final Duration life;
    private final Duration scrapeInterval;

    /**
     * @param holder this process, unique among all
     * @param life how long it lasts unless renewed
     */
    public GaugeLease(JdbcClient database, String holder, Duration life, Duration scrapeInterval) {
        this.database = database;
        this.holder = holder;
        this.life = life;
        this.scrapeInterval = scrapeInterval;
    }

    /** This process, as it stands in the lease. */
    public String holder() {
        return holder;
    }

    /** Takes it if it is free, renews it if it is ours. To be called several times within its life. */
    public void hold() {
        database.sql(HOLD)
                .param("holder", holder)
                .param("life", life.toMillis())
                .param("interval", scrapeInterval.toMillis())
                .update();
    }

    /** Lets another pod take it at once. */
    public void release() {
        database.sql(RELEASE).param(holder).update();
    }
}
