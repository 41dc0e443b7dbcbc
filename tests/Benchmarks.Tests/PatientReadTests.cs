using EnergyChain.Benchmarks.Load;
using Grpc.Core;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class PatientReadTests
{
    private readonly List<DateTime?> _deadlines = [];

    [SetUp]
    public void Start() => _deadlines.Clear();

    [Test]
    public async Task Read_that_runs_into_its_deadline_is_asked_once_more()
    {
        Assert.That(await ReadAsync(StatusCode.DeadlineExceeded, StatusCode.OK), Is.EqualTo("answer"));
        Assert.That(_deadlines, Has.Count.EqualTo(2));
        Assert.That(_deadlines, Has.None.Null);
    }

    [Test]
    public async Task Node_that_gives_no_answer_twice_ends_the_benchmark_by_name()
    {
        TimeoutException? failure = await Assert.ThrowsAsync<TimeoutException>(
            () => ReadAsync(StatusCode.DeadlineExceeded, StatusCode.DeadlineExceeded, StatusCode.OK));

        Assert.That(failure?.Message, Is.EqualTo("relay-1 was asked 2 times and gave no answer within 20 s."));
        Assert.That(_deadlines, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Any_other_status_is_not_asked_again()
    {
        await Assert.ThrowsAsync<RpcException>(() => ReadAsync(StatusCode.NotFound, StatusCode.OK));
        Assert.That(_deadlines, Has.Count.EqualTo(1));
    }

    private Task<string> ReadAsync(params StatusCode[] statuses) => PatientRead.RunAsync(
        "relay-1",
        call =>
        {
            StatusCode status = statuses[_deadlines.Count];
            _deadlines.Add(call.Deadline);
            return AnswerOf(status);
        },
        TimeProvider.System,
        CancellationToken.None);

    private static AsyncUnaryCall<string> AnswerOf(StatusCode status) => new(
        status == StatusCode.OK
            ? Task.FromResult("answer")
            : Task.FromException<string>(new RpcException(new Status(status, ""))),
        Task.FromResult(new Metadata()),
        () => new Status(status, ""),
        () => [],
        () => { });
}
