package dev.loadstar.results;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.FailedSample;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.Measured.End;
import dev.loadstar.results.Measured.ErrorRow;
import dev.loadstar.results.Measured.ExecutorSecond;
import dev.loadstar.results.StoredRun.Stretch;

/** Reads what reporting has stored about one run, within the caller's transaction. */
public final class RunTables {

    /** The year 2200, which PostgreSQL can also tell. */
    static final long FOREVER = 7_258_118_400L;

    /** Lengths in seconds of the intervals that rows of 1 s are rolled up to; each is a multiple of the one before. */
    public static final List<Integer> ROLLED = List.of(10, 60, 3_600);

    private static final String ROWS = """
            select extract(epoch from second)::bigint as at, series, count, sum_micros, sum_squares, min_micros,
                   max_micros, bytes_received, bytes_sent, service, intended, ttfb, connect
            from reporting.timeline
            where run_id = ? and resolution = ? and second >= to_timestamp(?) and second < to_timestamp(?)""";

    private final RunQuery query;
    private final String runId;

    public RunTables(Connection connection, String runId) {
        this.query = new RunQuery(connection, runId);
        this.runId = runId;
    }

    /** What is done with each row. */
    public interface RowUse {
        void use(Row row) throws SQLException;
    }

    /** One interval of one series. */
    public record Row(long second, int series, Samples samples) {}

    public Optional<StoredRun> run() throws SQLException {
        var found = query.list("""
                select project_id, number, plan, opened_at, load_start_millis, ended, stopped_by_rule, rolled_to,
                       seconds_from
                from reporting.run where run_id = ?""", row -> StoredRow.run(runId, row));
        return found.stream().findFirst();
    }

    /** By their numbers within the run. */
    public Map<Integer, Series> series() throws SQLException {
        var series = new LinkedHashMap<Integer, Series>();
        query.list(
                "select series, scenario, stage, label, kind, outcome from reporting.series where run_id = ? order by series",
                row -> {
                    var read = new Series(
                            row.getString("scenario"),
                            row.getString("stage"),
                            row.getString("label"),
                            SampleKind.forNumber(row.getInt("kind")),
                            Outcome.forNumber(row.getInt("outcome")));
                    return series.put(row.getInt("series"), read);
                });
        return series;
    }

    /**
     * Those of every series, and where there are any also those of {@link AllRequests}, in order of time.
     *
     * @param from first second, inclusive; {@code to} exclusive
     */
    public void rows(int resolution, long from, long to, Map<Integer, Series> series, RowUse use) throws SQLException {
        query.each(
                ROWS + " order by second, series",
                row -> use.use(
                        row(row, series.getOrDefault(row.getInt("series"), AllRequests.of(row.getInt("series"))))),
                resolution,
                from,
                to);
    }

    private static Row row(ResultSet row, Series series) throws SQLException {
        return new Row(row.getLong("at"), row.getInt("series"), StoredRow.samples(row, series));
    }

    /** Rows of 1 s of these series, in order of time, without keeping any. */
    void eachSecond(long from, long to, Map<Integer, Series> wanted, History.Visitor visitor) throws SQLException {
        query.each(
                ROWS + " and series = any(?) order by second, series",
                row -> visitor.visit(
                        row.getLong("at"),
                        wanted.getOrDefault(row.getInt("series"), AllRequests.of(row.getInt("series"))),
                        StoredRow.samples(
                                row, wanted.getOrDefault(row.getInt("series"), AllRequests.of(row.getInt("series"))))),
                1,
                from,
                Math.min(to, FOREVER),
                query.numbers(wanted.keySet()));
    }

    /**
     * The samples of the whole run: the few rows of the longest intervals as far as they go, then shorter ones.
     *
     * @param run as it is read in the same transaction
     */
    public Map<Series, Samples> totals(StoredRun run) throws SQLException {
        return totals(run.stretches(ROLLED.getLast(), run.firstSecond() - ROLLED.getLast(), FOREVER));
    }

    /**
     * The same of a part of the time: whole minutes from the rows of 60 s as far as they go, the rest from those of 1 s, or
     * of 10 s where the seconds are no longer kept.
     */
    Map<Series, Samples> totals(StoredRun run, MeasuredScope scope) throws SQLException {
        var from = scope.from();
        var to = scope.to();
        if (from == null && to == null) {
            return totals(run);
        }
        long begin = from == null ? run.firstSecond() : from.getEpochSecond();
        long end = to == null ? FOREVER : to.getEpochSecond();
        long minutes = -Math.floorDiv(-begin, 60L) * 60;
        long last = Math.max(minutes, Math.floorDiv(end, 60L) * 60);
        var stretches = new ArrayList<Stretch>();
        stretches.add(new Stretch(begin < run.secondsFrom() ? 10 : 1, begin, Math.min(minutes, end)));
        if (last > minutes) {
            stretches.addAll(run.stretches(60, minutes, last));
        }
        stretches.add(new Stretch(last < run.secondsFrom() ? 10 : 1, last, end));
        return totals(stretches);
    }

    private Map<Series, Samples> totals(List<Stretch> stretches) throws SQLException {
        var series = series();
        var totals = new LinkedHashMap<Series, Samples>();
        for (var stretch : stretches) {
            rows(stretch.resolution(), stretch.from(), stretch.to(), series, row -> {
                if (!AllRequests.are(row.series())) {
                    var of = series.getOrDefault(row.series(), AllRequests.of(row.series()));
                    totals.computeIfAbsent(of, ignored -> new Samples()).add(row.samples());
                }
            });
        }
        return totals;
    }

    /** Rows that together hold every request of a time once; none is of a longer interval than that. */
    void requests(StoredRun run, int longest, long from, long to, RowUse use) throws SQLException {
        var series = series();
        for (var stretch : run.stretches(longest, from, to)) {
            if (stretch.resolution() == 1) {
                rows(1, stretch.from(), stretch.to(), series, row -> {
                    if (series.getOrDefault(row.series(), AllRequests.of(row.series()))
                            .isRequest()) {
                        use.use(row);
                    }
                });
            } else {
                query.each(
                        ROWS + " and series <= 0",
                        row -> use.use(row(row, AllRequests.of(row.getInt("series")))),
                        stretch.resolution(),
                        stretch.from(),
                        stretch.to());
            }
        }
    }

    /** First and last second that have rows of any resolution. */
    record Bounds(long first, long last) {}

    Optional<Bounds> bounds() throws SQLException {
        return query.list("""
                        select extract(epoch from min(second))::bigint as first, extract(epoch from max(second))::bigint as last
                        from reporting.timeline where run_id = ? having count(*) > 0""", row -> new Bounds(row.getLong("first"), row.getLong("last"))).stream()
                .findFirst();
    }

    /** The newest second that has rows, 0 where none has. */
    public long newestSecond() throws SQLException {
        return second("max");
    }

    /** The first second that has rows, 0 where none has. */
    public long firstSecond() throws SQLException {
        return second("min");
    }

    private long second(String which) throws SQLException {
        var found = query.list("""
                select coalesce(extract(epoch from %s(second))::bigint, 0) from reporting.timeline
                where run_id = ? and resolution = 1""".formatted(which), row -> row.getLong(1));
        return found.getFirst();
    }

    List<ExecutorSecond> executorSeconds() throws SQLException {
        return executorSeconds(0, FOREVER);
    }

    /** @param from first second, inclusive; {@code to} exclusive */
    List<ExecutorSecond> executorSeconds(long from, long to) throws SQLException {
        return query.list(
                """
                select executor, extract(epoch from second)::bigint as at, requests, errors, active, planned, cpu, heap_bytes,
                       gc_millis, lag_micros, received_bytes, sent_bytes
                from reporting.executor_second
                where run_id = ? and second >= to_timestamp(?) and second < to_timestamp(?)
                order by second, executor""",
                row -> new ExecutorSecond(
                        row.getInt("executor"),
                        row.getLong("at"),
                        row.getLong("requests"),
                        row.getLong("errors"),
                        row.getDouble("active"),
                        row.getObject("planned", Double.class),
                        GeneratorHealth.stored(row)),
                from,
                to);
    }

    /** Of one interval, over all stages. */
    record Arrived(long begun, long dropped) {}

    /** Mean number of active users in each interval that any executor has told of, by its first second. */
    Map<Long, Double> users(int resolution, long from, long to) throws SQLException {
        var users = new HashMap<Long, Double>();
        query.each("""
                with seconds as (
                    select extract(epoch from second)::bigint as at, sum(active) as active
                    from reporting.executor_second
                    where run_id = ? and second >= to_timestamp(?) and second < to_timestamp(?) group by second)
                select at - mod(at, ?) as at, avg(active) as users from seconds group by 1""", row -> users.put(row.getLong("at"), row.getDouble("users")), from, to, resolution);
        return users;
    }

    /** What became of the arrivals that were due in each interval, by its first second. */
    Map<Long, Arrived> arrived(int resolution, long from, long to) throws SQLException {
        var arrived = new HashMap<Long, Arrived>();
        query.each(
                """
                with seconds as (
                    select extract(epoch from second)::bigint as at, begun, dropped
                    from reporting.arrivals
                    where run_id = ? and second >= to_timestamp(?) and second < to_timestamp(?))
                select at - mod(at, ?) as at, sum(begun)::bigint as begun, sum(dropped)::bigint as dropped
                from seconds group by 1""",
                row -> arrived.put(row.getLong("at"), new Arrived(row.getLong("begun"), row.getLong("dropped"))),
                from,
                to,
                resolution);
        return arrived;
    }

    /** What became of the arrivals that were due in one second of one stage. */
    public record ArrivalRow(String scenario, String stage, long second, long begun, long dropped, long late) {}

    /** In order of time. */
    public List<ArrivalRow> arrivalSeconds() throws SQLException {
        return arrivalSeconds(0, FOREVER);
    }

    /** @param from first second, inclusive; {@code to} exclusive */
    List<ArrivalRow> arrivalSeconds(long from, long to) throws SQLException {
        return query.list(
                """
                select scenario, stage, extract(epoch from second)::bigint as at, begun, dropped, late
                from reporting.arrivals
                where run_id = ? and second >= to_timestamp(?) and second < to_timestamp(?)
                order by second, scenario, stage""",
                row -> new ArrivalRow(
                        row.getString("scenario"),
                        row.getString("stage"),
                        row.getLong("at"),
                        row.getLong("begun"),
                        row.getLong("dropped"),
                        row.getLong("late")),
                from,
                Math.min(to, FOREVER));
    }

    private Map<StageKey, ArrivalResult> arrivals() throws SQLException {
        var stages = new HashMap<StageKey, ArrivalResult>();
        query.list(
                """
                select scenario, stage, sum(begun)::bigint as begun, sum(dropped)::bigint as dropped, sum(late)::bigint as late
                from reporting.arrivals where run_id = ? group by scenario, stage""",
                row -> stages.put(
                        new StageKey(row.getString("scenario"), row.getString("stage")),
                        new ArrivalResult(0, row.getLong("begun"), row.getLong("dropped"), row.getLong("late"))));
        return stages;
    }

    List<ErrorRow> errors() throws SQLException {
        return query.list(
                """
                select s.scenario, s.label, s.kind as sample_kind, e.kind, (array_agg(e.message order by e.first_at))[1] as message,
                       sum(e.count)::bigint as count, min(e.first_at) as first_at
                from reporting.error_count e join reporting.series s using (run_id, series)
                where e.run_id = ?
                group by s.scenario, s.label, s.kind, e.kind
                order by sample_kind, count desc, s.scenario, s.label, e.kind""",
                row -> new ErrorRow(
                        row.getString("scenario"),
                        row.getString("label"),
                        SampleKind.forNumber(row.getInt("sample_kind")),
                        row.getString("kind"),
                        row.getString("message"),
                        row.getLong("count"),
                        row.getTimestamp("first_at").getTime()));
    }

    Map<Series, Map<String, Long>> errorKinds() throws SQLException {
        var series = series();
        var kinds = new HashMap<Series, Map<String, Long>>();
        query.each(
                "select series, kind, count from reporting.error_count where run_id = ?",
                row -> kinds.computeIfAbsent(
                                series.getOrDefault(row.getInt("series"), AllRequests.of(row.getInt("series"))),
                                _ -> new HashMap<>())
                        .put(row.getString("kind"), row.getLong("count")));
        return kinds;
    }

    /** In the order in which they came. */
    public List<FailedSample> failures() throws SQLException {
        return query.list(
                "select sample from reporting.failed_sample where run_id = ? order by number",
                row -> Json.read(row.getString("sample"), FailedSample.class));
    }

    /**
     * In the order of the plan.
     *
     * @param from values before that epoch second are left out
     */
    List<TargetSeries> target(StoredRun run, long from) throws SQLException {
        var problems = new HashMap<String, Optional<String>>();
        query.list(
                "select query, problem from reporting.target_query where run_id = ?",
                row -> problems.put(row.getString("query"), Optional.ofNullable(row.getString("problem"))));
        var values = new HashMap<String, List<TargetSeries.Value>>();
        query.list(
                """
                select query, extract(epoch from second)::bigint as at, value from reporting.target_value
                where run_id = ? and second >= to_timestamp(?) order by second""",
                row -> values.computeIfAbsent(row.getString("query"), ignored -> new ArrayList<>())
                        .add(new TargetSeries.Value(Instant.ofEpochSecond(row.getLong("at")), row.getDouble("value"))),
                from);
        return run.plan().queries().stream()
                .map(of -> new TargetSeries(
                        of.id(),
                        of.name(),
                        of.server(),
                        of.unit().key(),
                        problems.getOrDefault(of.id(), Optional.of("it was not asked yet"))
                                .orElse(null),
                        values.getOrDefault(of.id(), List.of())))
                .toList();
    }

    Map<Integer, End> ends() throws SQLException {
        var ends = new HashMap<Integer, End>();
        query.list("""
                select executor, produced, declared_lost, tool_failed, message
                from reporting.executor_end where run_id = ? order by executor, epoch""", row -> {
            var end = new End(
                    row.getLong("produced"),
                    row.getLong("declared_lost"),
                    row.getBoolean("tool_failed"),
                    row.getString("message"));
            return ends.merge(row.getInt("executor"), end, End::plus);
        });
        return ends;
    }

    RefusedSamples refused() throws SQLException {
        return new RefusedSamples(query.list(
                """
                select executor, reason, sum(count)::bigint as records, sum(requests)::bigint as requests
                from reporting.refused_record where run_id = ? group by executor, reason order by reason, executor""",
                row -> new RefusedSamples.Row(
                        row.getInt("executor"),
                        row.getString("reason"),
                        row.getLong("records"),
                        row.getLong("requests"))));
    }

    Optional<String> storedResult() throws SQLException {
        return query
                .list("select result from reporting.result where run_id = ?", row -> row.getString("result"))
                .stream()
                .findFirst();
    }

    /** Everything at once. */
    Measured measured(StoredRun run) throws SQLException {
        return new Measured(
                run,
                totals(run),
                executorSeconds(),
                errors(),
                ends(),
                arrivals(),
                new StoredHistory(this),
                target(run, 0));
    }
}
