using EnergyChain.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Dashboard.Tests.Live;

/// <summary>What is kept of shared answers, and who waits for whom.</summary>
public sealed class SharedAnswersTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_780_000_000));
    private NodeSession _session = null!;
    private SharedAnswers _answers = null!;

    [SetUp]
    public void Start()
    {
        _session = new(new FakeNode(), DashboardContext.Options, _time, NullLogger<NodeSession>.Instance);
        _answers = new(_session, _time, NullLogger<SharedAnswers>.Instance);
    }

    [TearDown]
    public void Stop()
    {
        _answers.Dispose();
        _session.Dispose();
    }

    [Test]
    public void What_pages_watch_is_never_given_up()
    {
        int asked = 0;
        LiveQuery<int> first = Query("first", () => ++asked);
        using LiveAnswer<int> held = _answers.Watch(first, () => { });
        for (int i = 0; i < 2 * SharedAnswers.MaxKept; i++)
        {
            _answers.Watch(Query($"{i}", () => 1), () => { });
        }

        using LiveAnswer<int> again = _answers.Watch(first, () => { });
        Assert.That(asked, Is.EqualTo(1));
        Assert.That(_answers.Count, Is.EqualTo(1 + (2 * SharedAnswers.MaxKept)));
    }

    [Test]
    public void What_nobody_watches_is_bounded_by_number()
    {
        for (int i = 0; i < 2 * SharedAnswers.MaxKept; i++)
        {
            _answers.Watch(Query($"{i}", () => 1), () => { }).Dispose();
        }

        Assert.That(_answers.Count, Is.EqualTo(SharedAnswers.MaxKept));
    }

    [Test]
    public void What_nobody_watches_is_bounded_by_rows()
    {
        for (int i = 0; i < 100; i++)
        {
            LiveQuery<int> query = Query($"{i}", () => 1) with { Rows = static _ => SharedAnswers.MaxKeptRows / 10 };
            _answers.Watch(query, () => { }).Dispose();
        }

        Assert.That(_answers.Count, Is.LessThanOrEqualTo(12));
    }

    [Test]
    public void Final_answers_are_given_up_before_those_that_change()
    {
        int asked = 0;
        LiveQuery<int> changing = Query("changing", () => ++asked);
        _answers.Watch(changing, () => { }).Dispose();
        for (int i = 0; i < 2 * SharedAnswers.MaxKept; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _answers.Watch(Query($"{i}", () => 1) with { IsFinal = static _ => true }, () => { }).Dispose();
        }

        _answers.Watch(changing, () => { }).Dispose();
        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Readings_of_history_do_not_keep_questions_of_now_waiting()
    {
        TaskCompletionSource<int> never = new();
        int reading = 0;
        LiveAnswer<int>[] histories =
        [
            .. Enumerable.Range(0, 20).Select(i => _answers.Watch(
                new LiveQuery<int>(
                    $"history/{i}",
                    (_, _) =>
                    {
                        Interlocked.Increment(ref reading);
                        return never.Task;
                    },
                    null)
                {
                    IsHistory = true,
                },
                () => { })),
        ];
        LiveAnswer<int> now = _answers.Watch(Query("now", () => 7), () => { });
        await now.First;
        Assert.That((now.Value, reading), Is.EqualTo((7, HistoryGate.MaxAtOnce)));
        never.SetResult(1);
        await Task.WhenAll(histories.Select(history => history.First));
        Assert.That((reading, _answers.History.Free), Is.EqualTo((20, HistoryGate.MaxAtOnce)));
    }

    [Test]
    public async Task Question_that_nobody_waits_for_in_the_queue_is_not_asked_until_somebody_does()
    {
        TaskCompletionSource<int> busy = new();
        LiveAnswer<int>[] before = [.. Enumerable.Range(0, HistoryGate.MaxAtOnce)
            .Select(i => _answers.Watch(History($"history/{i}", () => busy.Task), () => { }))];
        int asked = 0;
        LiveQuery<int> left = History("left", () => Task.FromResult(++asked));
        _answers.Watch(left, () => { }).Dispose();
        LiveAnswer<int> behind = _answers.Watch(History("behind", () => Task.FromResult(1)), () => { });
        busy.SetResult(1);
        await Task.WhenAll(before.Append(behind).Select(answer => answer.First));
        Assert.That(asked, Is.Zero);

        LiveAnswer<int> again = _answers.Watch(left, () => { });
        await again.First.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((again.Value, asked), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Reading_that_nobody_waits_for_is_given_up_after_a_while_and_begun_anew_for_who_comes()
    {
        List<CancellationToken> readings = [];
        TaskCompletionSource<int> answer = new();
        LiveQuery<int> query = Reading(readings, stop => answer.Task.WaitAsync(stop));
        _answers.Watch(query, () => { }).Dispose();
        Pass(SharedAnswers.GiveUpAfter - TimeSpan.FromMilliseconds(1));
        Assert.That(readings.Single().IsCancellationRequested, Is.False);
        Pass(TimeSpan.FromMilliseconds(1));
        Assert.That(readings.Single().IsCancellationRequested, Is.True);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (_answers.History.Free < HistoryGate.MaxAtOnce)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        answer.SetResult(7);
        using LiveAnswer<int> again = _answers.Watch(query, () => { });
        await again.First.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((again.Value, readings.Count), Is.EqualTo((7, 2)));
    }

    [Test]
    public async Task Reading_goes_on_for_who_comes_back_in_time()
    {
        List<CancellationToken> readings = [];
        TaskCompletionSource<int> answer = new();
        LiveQuery<int> query = Reading(readings, stop => answer.Task.WaitAsync(stop));
        _answers.Watch(query, () => { }).Dispose();
        Pass(SharedAnswers.GiveUpAfter - TimeSpan.FromMilliseconds(1));
        using LiveAnswer<int> again = _answers.Watch(query, () => { });
        Pass(2 * SharedAnswers.GiveUpAfter);
        Assert.That(readings.Single().IsCancellationRequested, Is.False);
        answer.SetResult(7);
        await again.First.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((again.Value, readings.Count), Is.EqualTo((7, 1)));
    }

    [TestCase(false, 2)]
    [TestCase(true, 1)]
    public async Task Who_comes_back_before_a_reading_that_was_given_up_has_ended_gets_its_answer_or_another(
        bool endsAllTheSame, int value)
    {
        List<CancellationToken> readings = [];
        TaskCompletionSource<int> slow = new();
        LiveQuery<int> query =
            Reading(readings, _ => readings.Count == 1 ? slow.Task : Task.FromResult(readings.Count));
        _answers.Watch(query, () => { }).Dispose();
        Pass(SharedAnswers.GiveUpAfter);
        using LiveAnswer<int> again = _answers.Watch(query, () => { });
        Assert.That((again.IsLoading, readings.Count), Is.EqualTo((true, 1)));
        if (endsAllTheSame)
        {
            slow.SetResult(1);
        }
        else
        {
            slow.SetCanceled(readings[0]);
        }

        await again.First.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((again.Value, readings.Count), Is.EqualTo((value, value)));
        Assert.That(_answers.History.Free, Is.EqualTo(HistoryGate.MaxAtOnce));
    }

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _answers.Refresh();
    }

    private static LiveQuery<int> Reading(
        List<CancellationToken> readings, Func<CancellationToken, Task<int>> read) =>
        new(
            "reading",
            (_, stop) =>
            {
                readings.Add(stop);
                return read(stop);
            },
            null)
        {
            IsHistory = true,
        };

    private static LiveQuery<int> History(string key, Func<Task<int>> answer) =>
        new(key, (_, _) => answer(), null) { IsHistory = true };

    private static LiveQuery<int> Query(string key, Func<int> answer) =>
        new(key, (_, _) => Task.FromResult(answer()), null);
}
