using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Tests;

/// <summary>Answers that a node never sends (dotnet/aspnetcore#53736), or late.</summary>
[CancelAfter(60_000)]
public sealed class LostAnswerTests
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private SilentNode _node = null!;
    private FakeTimeProvider _time = null!;
    private NodeClient _client = null!;

    [SetUp]
    public void Start()
    {
        _node = new SilentNode();

        // The deadline that gRPC keeps goes by the clock of the machine: here it never comes.
        _time = new FakeTimeProvider(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));
        NodeClientOptions options = new()
        {
            Node = new Uri("http://127.0.0.1:1"),
            CallTimeout = 2 * Half,
            MaxAttempts = 3,
            FirstBackoff = TimeSpan.Zero,
        };
        _client = new NodeClient(options, _time, _node);
    }

    [TearDown]
    public void Stop()
    {
        _client.Dispose();
        _node.Dispose();
    }

    [Test]
    [Property("Incident", "aspnetcore#53736")]
    public async Task Read_whose_answer_never_comes_is_asked_once_more_after_half_its_time(CancellationToken stop)
    {
        Task<IndexInfo> reading = _client.GetIndexAsync(stop);
        SilentNode.Question lost = await _node.NextAsync(stop);
        _time.Advance(Half - Instant);
        Assert.That(_node.Asked, Is.EqualTo(1));
        _time.Advance(Instant);
        SilentNode.Question again = await _node.NextAsync(stop);
        again.Answer(new Proto.IndexStatus { IndexedHeight = 7 });

        Assert.That((await reading).Last, Is.EqualTo(new Height(7)));
        Assert.That(again.Method, Is.EqualTo(lost.Method));
        Assert.That(lost.IsAbandoned, Is.True);
        Assert.That(_node.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Slow_answer_to_the_first_question_still_counts(CancellationToken stop)
    {
        Task<IndexInfo> reading = _client.GetIndexAsync(stop);
        SilentNode.Question slow = await _node.NextAsync(stop);
        _time.Advance(Half);
        SilentNode.Question again = await _node.NextAsync(stop);
        slow.Answer(new Proto.IndexStatus { IndexedHeight = 8 });

        Assert.That((await reading).Last, Is.EqualTo(new Height(8)));
        Assert.That(again.IsAbandoned, Is.True);
    }

    [Test]
    public async Task Read_that_gets_no_answer_twice_is_TimedOut_when_its_time_is_over(CancellationToken stop)
    {
        Task<IndexInfo> reading = _client.GetIndexAsync(stop);
        SilentNode.Question first = await _node.NextAsync(stop);
        _time.Advance(Half);
        SilentNode.Question second = await _node.NextAsync(stop);
        _time.Advance(Half - Instant);
        Assert.That(reading.IsCompleted, Is.False);
        _time.Advance(Instant);

        Assert.That(await ErrorAsync(reading), Is.EqualTo(NodeClientError.TimedOut));
        Assert.That(first.IsAbandoned, Is.True);
        Assert.That(second.IsAbandoned, Is.True);
        Assert.That(_node.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Wait_for_a_transaction_asks_again_after_the_wait_and_waits_no_more(CancellationToken stop)
    {
        TimeSpan wait = TimeSpan.FromSeconds(60);
        Task<TransactionInfo> waiting = _client.WaitForTransactionAsync(default, wait, stop);
        SilentNode.Question lost = await _node.NextAsync(stop);
        _time.Advance(wait);
        Assert.That(_node.Asked, Is.EqualTo(1));
        _time.Advance(Half);
        SilentNode.Question again = await _node.NextAsync(stop);
        again.Answer(new Proto.Transaction { Id = Hash32.Zero.ToString(), Status = Proto.TransactionStatus.Pending });

        Assert.That((await waiting).State, Is.EqualTo(TransactionState.Pending));
        Assert.That(lost.Request<Proto.WaitForTransactionRequest>().TimeoutMs, Is.EqualTo(60_000));
        Assert.That(again.Request<Proto.WaitForTransactionRequest>().TimeoutMs, Is.EqualTo(1));
    }

    [Test]
    public async Task Transaction_is_handed_in_once_however_late_the_answer(CancellationToken stop)
    {
        Task<SubmitResult> submitting = _client.SubmitAsync(Payment(), stop);
        SilentNode.Question only = await _node.NextAsync(stop);
        _time.Advance(4 * Half);
        Assert.That(_node.Asked, Is.EqualTo(1));
        only.Refuse(StatusCode.DeadlineExceeded);

        Assert.That(await ErrorAsync(submitting), Is.EqualTo(NodeClientError.TimedOut));
        Assert.That(_node.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Trace_is_asked_once(CancellationToken stop)
    {
        Task<TraceInfo> tracing = _client.TraceTransactionAsync(default, stop);
        SilentNode.Question only = await _node.NextAsync(stop);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(_node.Asked, Is.EqualTo(1));
        only.Refuse(StatusCode.DeadlineExceeded);

        Assert.That(await ErrorAsync(tracing), Is.EqualTo(NodeClientError.TimedOut));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Cancelled_read_is_not_asked_again(int lost, CancellationToken stop)
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<IndexInfo> reading = _client.GetIndexAsync(caller.Token);
        SilentNode.Question last = await _node.NextAsync(stop);
        for (int asked = 0; asked < lost; asked++)
        {
            _time.Advance(Half);
            last = await _node.NextAsync(stop);
        }

        await caller.CancelAsync();
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _time.Advance(4 * Half);

        Assert.That(reading.IsCanceled, Is.True);
        Assert.That(last.IsAbandoned, Is.True);
        Assert.That(_node.Asked, Is.EqualTo(1 + lost));
    }

    [TestCase(StatusCode.NotFound, NodeClientError.NotFound)]
    [TestCase(StatusCode.InvalidArgument, NodeClientError.InvalidRequest)]
    [TestCase(StatusCode.ResourceExhausted, NodeClientError.TooMuch)]
    [TestCase(StatusCode.DeadlineExceeded, NodeClientError.TimedOut)]
    public async Task Status_of_the_node_is_an_answer(StatusCode status, NodeClientError error)
    {
        Task<IndexInfo> reading = _client.GetIndexAsync(CancellationToken.None);
        (await _node.NextAsync(CancellationToken.None)).Refuse(status);

        Assert.That(await ErrorAsync(reading), Is.EqualTo(error));
        _time.Advance(4 * Half);
        Assert.That(_node.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Unavailable_is_tried_as_often_as_the_options_say(CancellationToken stop)
    {
        Task<IndexInfo> reading = _client.GetIndexAsync(stop);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            (await _node.NextAsync(stop)).Refuse(StatusCode.Unavailable);
        }

        Assert.That(await ErrorAsync(reading), Is.EqualTo(NodeClientError.TooMuch));
        Assert.That(_node.Asked, Is.EqualTo(3));
    }

    private static async Task<NodeClientError?> ErrorAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (NodeClientException exception)
        {
            return exception.Error;
        }
    }

    private static Transaction Payment()
    {
        using SigningKey key = ProofChain.Key(5);
        return new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = 0,
            GasLimit = new Gas(21_000),
            GasPrice = 1,
            To = Address.FromNumber(3),
            Value = 1,
            ValidUntil = new Height(100),
        }.Sign(key);
    }
}
