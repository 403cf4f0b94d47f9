package dev.loadstar.worker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;

/**
 * The users of a closed load or the rate of an open one over time, as pieces that can be cut and joined anew. Times are since
 * the start of the scenario.
 *
 * @param start value from which the first piece starts
 */
record LoadLine(double start, List<Piece> pieces) {

    /** A line that goes on elsewhere gets there in so much time. */
    private static final Duration JUMP = Duration.ofMillis(1);

    LoadLine {
        pieces = List.copyOf(pieces);
    }

    /** @param value at its end */
    record Piece(String stage, Duration duration, double value, Shape shape, boolean measure) {

        Piece cut(Duration length, double valueThere) {
            return new Piece(stage, length, shape == Shape.RAMP ? valueThere : value, shape, measure);
        }

        Piece rest(Duration length) {
            return new Piece(stage, length, value, shape, measure);
        }

        Piece held(Duration length, double at) {
            return new Piece(stage, length, at, Shape.JUMP, measure);
        }
    }

    static LoadLine of(Load.Open load) {
        return new LoadLine(
                load.startRate(),
                load.stages().stream()
                        .map(stage ->
                                new Piece(stage.name(), stage.duration(), stage.rate(), stage.shape(), stage.measure()))
                        .toList());
    }

    static LoadLine of(Load.Closed load) {
        return new LoadLine(
                load.startUsers(),
                load.stages().stream()
                        .map(stage -> new Piece(
                                stage.name(), stage.duration(), stage.users(), stage.shape(), stage.measure()))
                        .toList());
    }

    List<Load.RateStage> rates() {
        return pieces.stream()
                .map(piece -> new Load.RateStage(
                        piece.stage(), piece.duration(), piece.value(), piece.shape(), piece.measure()))
                .toList();
    }

    List<Load.Stage> users() {
        return pieces.stream()
                .map(piece -> new Load.Stage(
                        piece.stage(),
                        piece.duration(),
                        (int) Math.round(piece.value()),
                        piece.shape(),
                        piece.measure()))
                .toList();
    }

    /** Up to that time. */
    LoadLine until(Duration at) {
        var before = new ArrayList<Piece>();
        Duration left = at;
        double value = start;
        for (Piece piece : pieces) {
            if (!left.isPositive()) {
                break;
            }
            boolean whole = piece.duration().compareTo(left) <= 0;
            before.add(whole ? piece : piece.cut(left, between(value, piece, left)));
            left = left.minus(piece.duration());
            value = piece.value();
        }
        return new LoadLine(start, before);
    }

    /** From that time on; it begins where the line stands, whatever it is joined to. Empty after the end. */
    LoadLine from(Duration at) {
        var after = new ArrayList<Piece>();
        Duration begin = Duration.ZERO;
        double value = start;
        for (Piece piece : pieces) {
            Duration past = at.minus(begin).isNegative() ? Duration.ZERO : at.minus(begin);
            Duration left = piece.duration().minus(past);
            if (left.isPositive() && after.isEmpty() && piece.shape() == Shape.RAMP && left.compareTo(JUMP) > 0) {
                after.add(piece.held(JUMP, between(value, piece, past)));
                after.add(piece.rest(left.minus(JUMP)));
            } else if (left.isPositive()) {
                after.add(piece.rest(left));
            }
            begin = begin.plus(piece.duration());
            value = piece.value();
        }
        return new LoadLine(0, after);
    }

    private static double between(double before, Piece piece, Duration past) {
        if (piece.shape() != Shape.RAMP) {
            return piece.value();
        }
        double part = (double) past.toNanos() / piece.duration().toNanos();
        return before + (piece.value() - before) * part;
    }

    /** Its first stage at that value up to the stage's end, the others as they are. */
    LoadLine withStageAt(double value) {
        Piece first = pieces.getFirst();
        Duration length = Duration.ZERO;
        int next = 0;
        while (next < pieces.size() && pieces.get(next).stage().equals(first.stage())) {
            length = length.plus(pieces.get(next).duration());
            next++;
        }
        var all = new ArrayList<Piece>();
        all.add(first.held(length, value));
        all.addAll(pieces.subList(next, pieces.size()));
        return new LoadLine(start, all);
    }

    /** As long, and nothing to do. */
    LoadLine silenced() {
        return new LoadLine(
                0, pieces.stream().map(piece -> piece.held(piece.duration(), 0)).toList());
    }

    LoadLine then(LoadLine rest) {
        var all = new ArrayList<>(pieces);
        all.addAll(rest.pieces);
        return new LoadLine(start, all);
    }
}
