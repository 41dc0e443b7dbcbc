using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Tests.Execution;

[TestFixture]
internal sealed class TraceRunnerTests
{
    private ChainFixture _fixture = null!;

    [SetUp]
    public void Open()
    {
        _fixture = new ChainFixture();
        _fixture.Open();
    }

    [TearDown]
    public void Close() => _fixture.Dispose();

    [Test]
    public void Every_transaction_runs_again_as_it_ran()
    {
        _fixture.Grow(23);
        for (ulong height = 1; height <= 23; height++)
        {
            Assert.That(Counted(height), Is.EqualTo(height), "what the counter returned in this block");
        }
    }

    [Test]
    public void After_a_start_from_a_checkpoint_only_what_came_after_it_can_be_traced()
    {
        _fixture.Grow(8);
        _fixture.Reopen();

        Assert.That(_fixture.Chain.FirstTraceable, Is.EqualTo(new Height(6)));
        Assert.That(Counted(6), Is.EqualTo(6));
        Assert.That(Trace(5, 0, new LastOutput()), Is.EqualTo(TraceOutcome.TooOld));
    }

    [Test]
    public void Blocks_that_come_during_a_trace_change_nothing_of_it()
    {
        _fixture.Grow(3);
        LastOutput tracer = new() { OnBegin = () => _fixture.Grow(4) };

        Assert.That(Trace(2, 1, tracer), Is.EqualTo(TraceOutcome.Traced));
        Assert.That(tracer.Number, Is.EqualTo(2));
        Assert.That(_fixture.Chain.Head.Height.Value, Is.EqualTo(7));
    }

    [Test]
    public void Block_that_falls_out_of_the_window_during_a_trace_is_too_old()
    {
        using ChainFixture small = new(options: new ChainOptions { HistoryBlocks = 2 });
        small.Open();
        small.Grow(2);
        LastOutput tracer = new() { OnBegin = () => small.Grow(2) };
        TraceOutcome outcome = small.Chain.Trace(
            new TransactionLocation(new Height(1), 0), tracer, CancellationToken.None);

        Assert.That(outcome, Is.EqualTo(TraceOutcome.TooOld));
        Assert.That(small.Chain.FirstTraceable, Is.EqualTo(new Height(3)));
    }

    [TestCase(0UL)]
    [TestCase(4UL)]
    public void Block_that_is_not_there_is_not_stored(ulong height)
    {
        _fixture.Grow(3);
        Assert.That(Trace(height, 0, new LastOutput()), Is.EqualTo(TraceOutcome.NotStored));
    }

    [Test]
    public void Cancelled_trace_ends_between_transactions()
    {
        _fixture.Grow(1);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.That(
            () => _fixture.Chain.Trace(
                new TransactionLocation(new Height(1), 1), new LastOutput(), source.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Call_is_watched_on_the_state_of_its_head_whatever_blocks_come()
    {
        _fixture.Grow(3);
        LastOutput tracer = new() { OnBegin = () => _fixture.Grow(2) };
        CallOutcome outcome = _fixture.Chain.TraceCall(
            new CallRequest(Address.Zero, ChainFixture.Counter, 0, default, new Gas(100_000)), tracer);

        Assert.That(outcome.Succeeded);
        Assert.That(outcome.Height, Is.EqualTo(new Height(3)));
        Assert.That(tracer.Number, Is.EqualTo(4));
    }

    private ulong Counted(ulong height)
    {
        LastOutput tracer = new();
        Assert.That(Trace(height, 1, tracer), Is.EqualTo(TraceOutcome.Traced));
        return tracer.Number;
    }

    private TraceOutcome Trace(ulong height, int index, ITracer tracer) => _fixture.Chain.Trace(
        new TransactionLocation(new Height(height), index), tracer, CancellationToken.None);

    private sealed class LastOutput : ITracer
    {
        public Action OnBegin { get; init; } = static () => { };

        public ulong Number { get; private set; }

        public void BeginCall(in TraceCall call) => OnBegin();

        public void BeginStep(in TraceStep step)
        {
        }

        public void EndStep(ulong gasCost, ExecutionStatus status)
        {
        }

        public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output) =>
            Number = output.Length == 32 ? (ulong)UInt256.FromBigEndian(output) : 0;
    }
}
