using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using EnergyChain.Node.Execution;
using EnergyChain.Vm;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Tracing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class TraceRpcTests
{
    private readonly FakeTracer _tracer = new();
    private ApiHost _host = null!;
    private Proto.ChainService.ChainServiceClient _client = null!;
    private Transaction _transaction = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await ApiHost.StartAsync(tracer: _tracer);
        _client = new Proto.ChainService.ChainServiceClient(_host.Channel);
        _transaction = TestKeys.Transfer(1, 2, 0);
        _host.Chain.Append((_transaction, TestKeys.Done(_transaction)));
        _tracer.FirstTraceable = new Height(1);
        _tracer.Outcome = TraceOutcome.Traced;
        _tracer.Show = static tracer => Call(tracer, 0, [], 0);
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Calls_and_events_come_in_order_with_their_depth()
    {
        LogEntry log = new(Address.FromNumber(9), [new Hash32(new byte[32])], new byte[] { 7 });
        _tracer.Show = tracer =>
        {
            Begin(tracer, CallKind.Call, [1, 2]);
            tracer.Log(log);
            Begin(tracer, CallKind.StaticCall, []);
            tracer.EndCall(ExecutionStatus.Revert, 5, [3]);
            tracer.Log(log);
            tracer.EndCall(ExecutionStatus.Success, 1_000, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Entries.Select(entry => entry.Depth), Is.EqualTo(new uint[] { 0, 1, 1, 1 }));
        Assert.That(trace.Entries[0].Call.Calls, Is.EqualTo(1));
        Assert.That(trace.Entries[0].Call.Input.ToByteArray(), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(trace.Entries[1].Log.Data.ToByteArray(), Is.EqualTo(new byte[] { 7 }));
        Assert.That(trace.Entries[2].Call.Kind, Is.EqualTo(Proto.TracedCallKind.StaticCall));
        Assert.That(trace.Entries[2].Call.Failure, Is.EqualTo("Revert"));
        Assert.That(trace.Entries[3].Log.LogIndex, Is.EqualTo(1));
        Assert.That(trace.Truncated, Is.False);
        Assert.That(trace.GasUsed, Is.EqualTo(21_000));
        Assert.That(trace.GasRefunded, Is.EqualTo(1_000), "21,000 before the first opcode and 1,000, 21,000 paid");
    }

    [Test]
    public async Task Calls_over_the_limit_are_left_out_with_their_events()
    {
        _tracer.Show = static tracer =>
        {
            Begin(tracer, CallKind.Call, []);
            for (int i = 0; i < ApiLimits.MaxTraceCalls; i++)
            {
                Begin(tracer, CallKind.Call, []);
                tracer.Log(new LogEntry(default, [], default));
                tracer.EndCall(ExecutionStatus.Success, 0, []);
            }

            tracer.EndCall(ExecutionStatus.Success, 0, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Truncated);
        Assert.That(trace.Entries, Has.Count.EqualTo((2 * ApiLimits.MaxTraceCalls) - 1));
        Assert.That(trace.Entries[0].Call.Calls, Is.EqualTo(ApiLimits.MaxTraceCalls));
    }

    [Test]
    public async Task Selfdestruct_is_told_in_its_place_with_who_gets_what()
    {
        _tracer.Show = static tracer =>
        {
            Begin(tracer, CallKind.Call, []);
            Begin(tracer, CallKind.Create, []);
            tracer.Selfdestruct(Address.FromNumber(7), Address.FromNumber(8), 9, isDeleted: true);
            tracer.EndCall(ExecutionStatus.Success, 0, []);
            tracer.Selfdestruct(Address.FromNumber(2), Address.FromNumber(2), 5, isDeleted: false);
            tracer.EndCall(ExecutionStatus.Success, 0, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Entries.Select(entry => entry.Depth), Is.EqualTo(new uint[] { 0, 1, 2, 1 }));
        Assert.That(trace.Entries[0].Call.Calls, Is.EqualTo(2), "the creation and its own end");
        Proto.TracedCall[] expected =
        [
            new()
            {
                Kind = Proto.TracedCallKind.Selfdestruct,
                From = Address.FromNumber(7).ToString(),
                To = Address.FromNumber(8).ToString(),
                Value = "9",
                Deleted = true,
            },
            new()
            {
                Kind = Proto.TracedCallKind.Selfdestruct,
                From = Address.FromNumber(2).ToString(),
                To = Address.FromNumber(2).ToString(),
                Value = "5",
            },
        ];
        Assert.That(trace.Entries.Skip(2).Select(entry => entry.Call), Is.EqualTo(expected));
    }

    [Test]
    public async Task Selfdestructs_count_to_the_limit_of_calls()
    {
        _tracer.Show = static tracer =>
        {
            Begin(tracer, CallKind.Call, []);
            for (int i = 0; i < ApiLimits.MaxTraceCalls; i++)
            {
                tracer.Selfdestruct(default, default, 0, isDeleted: false);
            }

            Call(tracer, 0, [], 0);
            tracer.EndCall(ExecutionStatus.Success, 0, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Truncated);
        Assert.That(trace.Entries, Has.Count.EqualTo(ApiLimits.MaxTraceCalls));
        Assert.That(trace.Entries[0].Call.Calls, Is.EqualTo(ApiLimits.MaxTraceCalls + 1));
    }

    [Test]
    public async Task Event_data_over_the_limit_is_cut_and_its_length_is_told()
    {
        byte[] much = new byte[ApiLimits.MaxTraceDataBytes + 1];
        _tracer.Show = tracer =>
        {
            Begin(tracer, CallKind.Call, []);
            tracer.Log(new LogEntry(default, [], much));
            tracer.Log(new LogEntry(default, [], new byte[3]));
            tracer.EndCall(ExecutionStatus.Success, 0, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Truncated);
        Assert.That(trace.Entries[1].Log.Data.Length, Is.EqualTo(ApiLimits.MaxTraceDataBytes));
        Assert.That(trace.Entries[1].Log.DataBytes, Is.EqualTo(much.Length));
        Assert.That(trace.Entries[2].Log.DataBytes, Is.EqualTo(3));
    }

    [Test]
    public async Task Events_over_the_limit_are_left_out()
    {
        _tracer.Show = static tracer =>
        {
            Begin(tracer, CallKind.Call, []);
            for (int i = 0; i <= ApiLimits.MaxTraceLogs; i++)
            {
                tracer.Log(new LogEntry(default, [], default));
            }

            tracer.EndCall(ExecutionStatus.Success, 0, []);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Truncated);
        Assert.That(trace.Entries, Has.Count.EqualTo(ApiLimits.MaxTraceLogs + 1));
    }

    [Test]
    public async Task Bytes_over_the_limits_are_cut_and_their_length_is_told()
    {
        byte[] much = new byte[ApiLimits.MaxTraceDataBytes + 1];
        _tracer.Show = tracer =>
        {
            Begin(tracer, CallKind.Call, much);
            for (int i = 0; i < 1_000; i++)
            {
                Call(tracer, 0, much, 0);
            }

            tracer.EndCall(ExecutionStatus.Success, 0, much);
        };
        Proto.Trace trace = await TraceAsync();

        Assert.That(trace.Truncated);
        Assert.That(trace.Entries[0].Call.Input.Length, Is.EqualTo(ApiLimits.MaxTraceDataBytes));
        Assert.That(trace.Entries[^1].Call.InputBytes, Is.EqualTo(much.Length));
        int kept = trace.Entries.Sum(entry => entry.Call.Input.Length + entry.Call.Output.Length);
        Assert.That(kept, Is.EqualTo(ApiLimits.MaxTraceBytes));
        Assert.That(trace.CalculateSize(), Is.LessThan(ApiLimits.MaxResponseBytes));
    }

    [Test]
    public async Task Too_old_a_transaction_is_Unimplemented_and_says_from_where_on()
    {
        _tracer.FirstTraceable = new Height(8);
        Status status = await StatusAsync(_transaction.Id);
        Assert.That(status.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(
            status.Detail,
            Is.EqualTo("The transaction is of height 1; this node can trace from height 8 on."));
    }

    [TestCase(TraceOutcome.Differs, StatusCode.Internal, "gave another receipt")]
    [TestCase(TraceOutcome.NotStored, StatusCode.NotFound, "cannot read block 1")]
    [TestCase(TraceOutcome.TooOld, StatusCode.Unavailable, "let go of")]
    public async Task Trace_that_failed_is_told_and_nothing_of_it_shown(
        TraceOutcome outcome, StatusCode code, string detail)
    {
        _tracer.Outcome = outcome;
        Status status = await StatusAsync(_transaction.Id);
        Assert.That(status.StatusCode, Is.EqualTo(code));
        Assert.That(status.Detail, Does.Contain(detail));
    }

    [Test]
    public async Task Transaction_behind_too_much_gas_of_its_block_is_ResourceExhausted()
    {
        Transaction heavy = TestKeys.Transfer(1, 2, 1);
        Transaction behind = TestKeys.Transfer(1, 2, 2);
        Receipt full = TestKeys.Done(heavy) with { GasUsed = new Gas(ApiLimits.MaxTraceGas) };
        _host.Chain.Append((heavy, full), (behind, TestKeys.Done(behind)));

        _tracer.Show = static tracer => Call(tracer, ApiLimits.MaxTraceGas, [], 0);
        Assert.That((await StatusAsync(heavy.Id)).StatusCode, Is.EqualTo(StatusCode.OK));
        Assert.That((await StatusAsync(behind.Id)).StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Unknown_transaction_is_NotFound() =>
        Assert.That((await StatusAsync(default)).StatusCode, Is.EqualTo(StatusCode.NotFound));

    [Test]
    public async Task Node_that_cannot_trace_says_so()
    {
        await using ApiHost plain = await ApiHost.StartAsync();
        Proto.ChainService.ChainServiceClient client = new(plain.Channel);
        Assert.That(
            await RpcStatus.CodeAsync(() => client.TraceCallAsync(new()).ResponseAsync),
            Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task Call_is_traced_with_its_failure()
    {
        _tracer.CallOutcome = new CallOutcome(false, default, new Gas(22_000), [], "OutOfGas")
        {
            Height = new Height(5),
        };
        Proto.Trace trace = await _client.TraceCallAsync(new());
        Assert.That(trace.Height, Is.EqualTo(5));
        Assert.That(trace.Succeeded, Is.False);
        Assert.That(trace.Failure, Is.EqualTo("OutOfGas"));
        Assert.That(trace.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Gate_lets_no_more_in_than_it_has_places()
    {
        using Gate gate = new(1, "traces", maxWaiting: 1, maxWaitMs: 1);
        using SemaphoreSlim entered = new(0);
        using SemaphoreSlim leave = new(0);
        Task<int> first = Task.Run(() => gate.RunAsync(
            () =>
            {
                entered.Release();
                leave.Wait();
                return 1;
            },
            CancellationToken.None));
        await entered.WaitAsync();
        StatusCode second = await RpcStatus.CodeAsync(() => gate.RunAsync(static () => 2, CancellationToken.None));
        leave.Release();

        Assert.That(second, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(await first, Is.EqualTo(1));
        Assert.That(await gate.RunAsync(static () => 3, CancellationToken.None), Is.EqualTo(3));
    }

    [Test]
    public async Task Who_finds_all_places_for_waiting_taken_is_sent_away_before_anything_is_read()
    {
        TraceGate gate = _host.Services.GetRequiredService<TraceGate>();
        using SemaphoreSlim entered = new(0);
        using SemaphoreSlim leave = new(0);
        Task<int>[] running = [.. Enumerable.Range(0, ApiLimits.MaxConcurrentTraces).Select(_ => Task.Run(() =>
            gate.RunAsync(
                () =>
                {
                    entered.Release();
                    leave.Wait();
                    return 1;
                },
                CancellationToken.None)))];
        for (int i = 0; i < running.Length; i++)
        {
            await entered.WaitAsync();
        }

        Task<int>[] waiting = [.. Enumerable.Range(0, ApiLimits.MaxWaitingTraces).Select(_ =>
            gate.RunAsync(static () => 2, CancellationToken.None))];
        int reads = _host.Chain.BlockReads;
        Status status = await StatusAsync(_transaction.Id);
        leave.Release(running.Length);
        await Task.WhenAll(running);
        Assert.That(status.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(_host.Chain.BlockReads, Is.EqualTo(reads));
        Assert.That(await Task.WhenAll(waiting), Has.All.EqualTo(2));
    }

    private static void Begin(ITracer tracer, CallKind kind, byte[] input) => tracer.BeginCall(new TraceCall
    {
        Kind = kind,
        From = Address.FromNumber(1),
        To = Address.FromNumber(2),
        Value = 3,
        Gas = 4,
        Input = input,
        Depth = 0,
    });

    private static void Call(ITracer tracer, ulong gasUsed, byte[] input, int outputBytes)
    {
        Begin(tracer, CallKind.Call, input);
        tracer.EndCall(ExecutionStatus.Success, gasUsed, new byte[outputBytes]);
    }

    private async Task<Proto.Trace> TraceAsync() =>
        await _client.TraceTransactionAsync(new() { Id = _transaction.Id.ToString() });

    private Task<Status> StatusAsync(Hash32 id) =>
        RpcStatus.OfAsync(() => _client.TraceTransactionAsync(new() { Id = id.ToString() }).ResponseAsync);
}
