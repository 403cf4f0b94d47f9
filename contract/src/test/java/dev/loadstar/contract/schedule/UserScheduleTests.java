package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.contract.plan.Stripes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserScheduleTests {

    private final UserSchedule schedule = UserSchedule.of(new Load.Closed(
            0,
            List.of(
                    new Stage("up", Duration.ofSeconds(10), 20, Shape.RAMP, false),
                    new Stage("steady", Duration.ofSeconds(30), 20, Shape.HOLD, true),
                    new Stage("peak", Duration.ofSeconds(5), 50, Shape.JUMP, true),
                    new Stage("down", Duration.ofSeconds(5), 0, Shape.RAMP, false)),
            Duration.ofSeconds(30)));

    @Test
    void rampDrawsALineToItsStagesValue() {
        assertThat(schedule.planned(Duration.ZERO)).isZero();
        assertThat(schedule.planned(Duration.ofSeconds(5))).isEqualTo(10);
        assertThat(schedule.planned(Duration.ofMillis(9_999))).isBetween(19.9, 20.0);
    }

    @Test
    void jumpIsThereAtOnceAndRampDownStartsFromIt() {
        assertThat(schedule.users(Duration.ofSeconds(40))).isEqualTo(50);
        assertThat(schedule.planned(Duration.ofMillis(47_500))).isEqualTo(25);
    }

    @Test
    void nobodyIsWantedBeforeTheStartAndAfterTheEnd() {
        assertThat(schedule.users(Duration.ofMillis(-1))).isZero();
        assertThat(schedule.users(schedule.duration())).isZero();
        assertThat(schedule.duration()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void stageBelongsToItsFirstInstantAndNotToItsLast() {
        assertThat(schedule.stageAt(Duration.ofMillis(9_999))).isEqualTo("up");
        assertThat(schedule.stageAt(Duration.ofSeconds(10))).isEqualTo("steady");
        assertThat(schedule.stageAt(Duration.ofMinutes(5))).isEqualTo("down");
    }

    @Test
    void mostUsersAreThoseOfTheHighestStage() {
        assertThat(schedule.maxUsers()).isEqualTo(50);
    }

    @Test
    void stripesOfAnyNumberOfExecutorsAddUpToThePlan() {
        for (int executors = 1; executors <= 500; executors++) {
            for (int users : new int[] {0, 1, 2, 7, 50, 499, 500, 501}) {
                long sum = 0;
                for (int index = 0; index < executors; index++) {
                    sum += new Stripe(index, executors).share(users);
                }
                assertThat(sum)
                        .as("%d users over %d executors", users, executors)
                        .isEqualTo(users);
            }
        }
    }

    @Test
    void stripeOwnsExactlyTheIndicesThatItCounts() {
        var stripe = new Stripe(2, 3);

        assertThat(stripe.share(9)).isEqualTo(3);
        assertThat(Stripes.of(2, 3).first(9)).containsExactly(2, 5, 8);
        assertThat(stripe.owns(5)).isTrue();
        assertThat(stripe.owns(6)).isFalse();
    }
}
