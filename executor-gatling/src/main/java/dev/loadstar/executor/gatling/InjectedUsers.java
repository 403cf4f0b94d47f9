package dev.loadstar.executor.gatling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.executor.load.Supply;
import io.gatling.core.scenario.Population;

/** As many users at once as the simulation wants; they finish what they have begun. */
final class InjectedUsers implements Injection, UserRounds.Wish {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Population population;
    private final UserSchedule schedule;
    private final Stripes stripes;
    private final Course course;
    private final UserRounds users;

    InjectedUsers(Population population, Load.Closed load, Stripes stripes, Course course) {
        this.population = population;
        this.schedule = UserSchedule.of(load);
        this.stripes = stripes;
        this.course = course;
        this.users = new UserRounds(this, Supply.all(List.of()), course.gate(), course.ending());
    }

    @Override
    public long beginDue(long now) {
        users.tick();
        return TICK_NANOS;
    }

    @Override
    public boolean isThrough() {
        return now() >= schedule.duration().toNanos() && users.isEmpty();
    }

    @Override
    public long now() {
        return course.elapsed().getAsLong() - course.begin();
    }

    @Override
    public long[] users(long nanos) {
        return stripes.first(wanted(nanos));
    }

    @Override
    public Object shape(long nanos) {
        return wanted(nanos);
    }

    @Override
    public boolean wants(long user, long nanos) {
        return wanted(nanos) > user;
    }

    @Override
    public boolean begin(long user, long intendedMicros, Runnable atEnd) {
        course.engine().begin(population, intendedMicros, atEnd);
        return true;
    }

    @Override
    public long pacing(long nanos) {
        return 0;
    }

    @Override
    public long micros(long nanos) {
        return -1;
    }

    private int wanted(long nanos) {
        return schedule.users(Duration.ofNanos(nanos));
    }
}
