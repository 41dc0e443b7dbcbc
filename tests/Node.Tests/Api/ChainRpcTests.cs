using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Vm.State;
using Google.Protobuf;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class ChainRpcTests
{
    private ApiHost _host = null!;
    private Proto.ChainService.ChainServiceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await ApiHost.StartAsync();
        _client = new Proto.ChainService.ChainServiceClient(_host.Channel);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task SubmitTransaction_of_a_good_one_gives_its_id()
    {
        _host.Pool.Judge = static _ => TransactionRefusal.None;
        Transaction transaction = TestKeys.Transfer(1, 2, 0);
        Proto.SubmitTransactionResponse answer = await SubmitAsync(Bcs.Encode(transaction));

        Assert.That(answer.Refusal, Is.EqualTo(Proto.TransactionRefusal.None));
        Assert.That(answer.Id, Is.EqualTo(transaction.Id.ToString()));
        Assert.That(answer.Detail, Is.Empty);
    }

    [Test]
    public async Task SubmitTransaction_of_other_bytes_is_Malformed_and_says_how()
    {
        Proto.SubmitTransactionResponse answer = await SubmitAsync([1, 2, 3]);
        Assert.That(answer.Refusal, Is.EqualTo(Proto.TransactionRefusal.Malformed));
        Assert.That(answer.Detail, Does.Contain("Truncated"));
    }

    [Test]
    public async Task SubmitTransaction_over_the_limit_is_TooLarge()
    {
        Proto.SubmitTransactionResponse answer = await SubmitAsync(new byte[Limits.MaxTransactionBytes + 1]);
        Assert.That(answer.Refusal, Is.EqualTo(Proto.TransactionRefusal.TooLarge));
    }

    [Test]
    public async Task SubmitTransaction_with_a_used_nonce_tells_expected_and_got()
    {
        _host.Chain.Accounts[TestKeys.Of(1).Address] = new AccountState(9, 0, default);
        _host.Pool.Judge = static _ => TransactionRefusal.NonceTooLow;
        Proto.SubmitTransactionResponse answer = await SubmitAsync(Bcs.Encode(TestKeys.Transfer(1, 2, 3)));

        Assert.That(answer.Refusal, Is.EqualTo(Proto.TransactionRefusal.NonceTooLow));
        Assert.That(answer.Detail, Does.Contain("is 3").And.Contain("expects 9"));
    }

    [Test]
    public async Task SubmitTransaction_without_the_money_tells_balance_and_need()
    {
        _host.Chain.Accounts[TestKeys.Of(1).Address] = new AccountState(0, 4, default);
        _host.Pool.Judge = static _ => TransactionRefusal.InsufficientBalance;
        Proto.SubmitTransactionResponse answer = await SubmitAsync(Bcs.Encode(TestKeys.Transfer(1, 2, 0)));

        Assert.That(answer.Detail, Does.Contain("has 4 ").And.Contain("needs 21000000000005"));
    }

    [Test]
    public void Refusals_of_the_api_are_those_of_the_core_by_number_and_name()
    {
        IEnumerable<(int, string)> core =
            Enum.GetValues<TransactionRefusal>().Select(one => ((int)one, one.ToString()));
        IEnumerable<(int, string)> api =
            Enum.GetValues<Proto.TransactionRefusal>().Select(one => ((int)one, one.ToString()));
        Assert.That(api, Is.EqualTo(core));
    }

    [Test]
    public async Task Submission_beyond_what_the_next_blocks_take_is_turned_away_with_a_reason_unlooked_at()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Transaction[] waiting = [.. Enumerable.Range(0, AdmissionGate.LeastOfClients)
            .Select(nonce => TestKeys.Transfer(1, 2, (ulong)nonce))];
        foreach (Transaction transaction in waiting)
        {
            host.Pool.Add(transaction);
        }

        int judged = 0;
        host.Pool.Judge = _ =>
        {
            judged++;
            return TransactionRefusal.None;
        };
        Proto.ChainService.ChainServiceClient client = new(host.Channel);
        RpcException refusal = (await Assert.ThrowsAsync<RpcException>(() => client.SubmitTransactionAsync(
            new Proto.SubmitTransactionRequest { Transaction = ByteString.CopyFromUtf8("not looked at") })
            .ResponseAsync))!;

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(refusal.Status.Detail, Does.Contain("2000 transactions wait").And.Contain("Come again in"));
        Assert.That(judged, Is.Zero);
    }

    [Test]
    public async Task SubmitTransactions_of_too_many_is_InvalidArgument()
    {
        Proto.SubmitTransactionsRequest request = new();
        request.Transactions.AddRange(
            Enumerable.Repeat(ByteString.Empty, ApiLimits.MaxSubmittedTransactions + 1));
        await AssertStatusAsync(
            StatusCode.InvalidArgument, () => _client.SubmitTransactionsAsync(request).ResponseAsync);
    }

    [Test]
    public Task A_request_over_the_message_limit_is_ResourceExhausted() => AssertStatusAsync(
        StatusCode.ResourceExhausted, () => SubmitAsync(new byte[ApiLimits.MaxRequestBytes + 1]));

    [Test]
    public async Task GetAccount_gives_balance_and_next_nonce()
    {
        Address address = TestKeys.Of(5).Address;
        UInt256.TryParse("340282366920938463463374607431768211456", out UInt256 balance);
        _host.Chain.Accounts[address] = new AccountState(2, balance, default);
        _host.Pool.Next = 4;
        Proto.Account account = await _client.GetAccountAsync(new() { Address = address.ToString() });

        Assert.That(account.Balance, Is.EqualTo("340282366920938463463374607431768211456"));
        Assert.That(account.Nonce, Is.EqualTo(2));
        Assert.That(account.NextNonce, Is.EqualTo(4));
    }

    [TestCase("")]
    [TestCase("0x12")]
    [TestCase("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD1")]
    [TestCase("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Description = "wrong checksum")]
    public Task GetAccount_of_no_address_is_InvalidArgument(string text) => AssertStatusAsync(
        StatusCode.InvalidArgument, () => _client.GetAccountAsync(new() { Address = text }).ResponseAsync);

    [Test]
    public async Task GetBlock_by_height_hash_and_head_is_the_same_block()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 0);
        CommittedBlock block = _host.Chain.Append((transaction, TestKeys.Done(transaction)));
        Proto.GetBlockRequest byHeight = new() { Height = block.Block.Height.Value, IncludeRaw = true };
        Proto.Block first = await _client.GetBlockAsync(byHeight);
        Proto.Block second = await _client.GetBlockAsync(
            new() { Hash = block.Block.Hash.ToString(), IncludeTransactions = true });
        Proto.Block third = await _client.GetBlockAsync(new() { Head = true });

        Assert.That(first.Raw.ToByteArray(), Is.EqualTo(Bcs.Encode(block)));
        Assert.That(second.Transactions.Single().Sender, Is.EqualTo(transaction.Sender.ToString()));
        Assert.That(third.Hash, Is.EqualTo(first.Hash));
        Assert.That(third.TransactionIds, Is.EqualTo(new[] { transaction.Id.ToString() }));
        Assert.That(third.GasUsed, Is.EqualTo(21_000));
    }

    [Test]
    public async Task GetBlock_that_is_not_there_is_NotFound()
    {
        await AssertStatusAsync(
            StatusCode.NotFound, () => _client.GetBlockAsync(new() { Height = 1_000_000 }).ResponseAsync);
        await AssertStatusAsync(
            StatusCode.NotFound, () => _client.GetBlockAsync(new() { Hash = Hash32.Zero.ToString() }).ResponseAsync);
    }

    [Test]
    public async Task GetBlock_that_makes_no_sense_is_InvalidArgument()
    {
        await AssertStatusAsync(StatusCode.InvalidArgument, () => _client.GetBlockAsync(new()).ResponseAsync);
        await AssertStatusAsync(
            StatusCode.InvalidArgument, () => _client.GetBlockAsync(new() { Height = 0 }).ResponseAsync);
        await AssertStatusAsync(
            StatusCode.InvalidArgument, () => _client.GetBlockAsync(new() { Hash = "0x1" }).ResponseAsync);
        await AssertStatusAsync(
            StatusCode.InvalidArgument, () => _client.GetBlockAsync(new() { Head = false }).ResponseAsync);
    }

    [Test]
    public async Task GetTransaction_goes_from_unknown_over_pending_to_final()
    {
        _host.Pool.Judge = static _ => TransactionRefusal.None;
        Transaction transaction = TestKeys.Transfer(1, 2, 77);
        Proto.GetTransactionRequest request = new() { Id = transaction.Id.ToString() };
        Assert.That((await _client.GetTransactionAsync(request)).Status, Is.EqualTo(Proto.TransactionStatus.Unknown));

        await SubmitAsync(Bcs.Encode(transaction));
        Assert.That((await _client.GetTransactionAsync(request)).Status, Is.EqualTo(Proto.TransactionStatus.Pending));

        CommittedBlock block = _host.Chain.Append((transaction, TestKeys.Done(transaction)));
        Proto.Transaction final = await _client.GetTransactionAsync(request);
        Assert.That(final.Status, Is.EqualTo(Proto.TransactionStatus.Final));
        Assert.That(final.Receipt.Height, Is.EqualTo(block.Block.Height.Value));
        Assert.That(final.Receipt.Fee, Is.EqualTo("21000000000000"));
    }

    [Test]
    public async Task WaitForTransaction_returns_when_the_block_comes()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 78);
        Proto.WaitForTransactionRequest request = new() { Id = transaction.Id.ToString() };
        AsyncUnaryCall<Proto.Transaction> waiting = _client.WaitForTransactionAsync(request);
        await waiting.ResponseHeadersAsync.WaitAsync(TimeSpan.FromMilliseconds(1)).ContinueWith(static _ => { });
        _host.Chain.Append((transaction, TestKeys.Done(transaction)));

        Assert.That((await waiting).Status, Is.EqualTo(Proto.TransactionStatus.Final));
    }

    [Test]
    public async Task Transaction_from_before_the_snapshot_is_included_without_a_receipt_and_not_waited_for()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 79);
        _host.Chain.Append((transaction, TestKeys.Done(transaction)));
        _host.Chain.FirstReceipts = _host.Chain.Head.Height.Next;
        string id = transaction.Id.ToString();

        Proto.Transaction found = await _client.GetTransactionAsync(new() { Id = id });
        Proto.Transaction waited = await _client.WaitForTransactionAsync(new() { Id = id });
        Assert.That(found.Status, Is.EqualTo(Proto.TransactionStatus.Included));
        Assert.That(found.Receipt, Is.Null);
        Assert.That(waited, Is.EqualTo(found));
        Proto.Block block = await _client.GetBlockAsync(
            new() { Height = _host.Chain.Head.Height.Value, IncludeTransactions = true });
        Assert.That(block.Transactions.Single().Id, Is.EqualTo(id));
    }

    [Test]
    public async Task WaitForTransaction_gives_the_status_when_its_time_is_over()
    {
        Proto.WaitForTransactionRequest request = new() { Id = Hash32.Zero.ToString(), TimeoutMs = 1 };
        Proto.Transaction answer = await _client.WaitForTransactionAsync(request);
        Assert.That(answer.Status, Is.EqualTo(Proto.TransactionStatus.Unknown));
    }

    [Test]
    public async Task WaitForTransaction_respects_the_deadline_of_the_call()
    {
        Proto.WaitForTransactionRequest request = new() { Id = Hash32.Zero.ToString() };
        await AssertStatusAsync(StatusCode.DeadlineExceeded, () => _client.WaitForTransactionAsync(
            request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(50)).ResponseAsync);
    }

    [Test]
    public Task WaitForTransaction_for_too_long_is_InvalidArgument() => AssertStatusAsync(
        StatusCode.InvalidArgument,
        () => _client.WaitForTransactionAsync(
            new() { Id = Hash32.Zero.ToString(), TimeoutMs = ApiLimits.MaxWaitMs + 1 }).ResponseAsync);

    [Test]
    public async Task Call_passes_the_message_on_and_decodes_the_revert()
    {
        CallRequest? seen = null;
        byte[] revert = Contracts.EnergyMarketContract.Artifact.Abi.Error("UnknownOrder").Encode(5UL);
        _host.Chain.OnCall = request =>
        {
            seen = request;
            return new CallOutcome(false, revert, new Gas(30_000), [], "reverted");
        };
        Proto.CallResponse answer = await _client.CallAsync(new()
        {
            From = TestKeys.Of(1).Address.ToString(),
            To = TestKeys.Of(2).Address.ToString(),
            Value = "12",
            Data = ByteString.CopyFrom(1, 2, 3),
        });

        Assert.That(seen!.Value, Is.EqualTo((UInt256)12));
        Assert.That(seen.Data.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(seen.GasLimit, Is.EqualTo(new Gas(ApiLimits.MaxCallGas)));
        Assert.That(answer.Succeeded, Is.False);
        Assert.That(answer.Failure, Is.EqualTo("UnknownOrder(id: 5)"));
    }

    [Test]
    public async Task Call_that_blocks_keep_overtaking_is_Unavailable()
    {
        _host.Chain.OnCall = static request =>
            new CallOutcome(false, default, request.GasLimit, [], CallOutcome.Busy);
        await AssertStatusAsync(StatusCode.Unavailable, () => _client.CallAsync(new()).ResponseAsync);
    }

    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("0x10")]
    [TestCase("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    public Task Call_with_a_value_that_is_no_amount_is_InvalidArgument(string value) => AssertStatusAsync(
        StatusCode.InvalidArgument, () => _client.CallAsync(new() { Value = value }).ResponseAsync);

    [Test]
    public async Task A_bug_in_the_node_is_Internal_and_keeps_its_insides()
    {
        _host.Chain.OnCall = static _ => throw new InvalidOperationException("secret");
        Status status = await RpcStatus.OfAsync(() => _client.CallAsync(new()).ResponseAsync);
        Assert.That(status.StatusCode, Is.EqualTo(StatusCode.Internal));
        Assert.That(status.Detail, Does.Not.Contain("secret"));
    }

    private static async Task AssertStatusAsync(StatusCode expected, Func<Task> act) =>
        Assert.That(await RpcStatus.CodeAsync(act), Is.EqualTo(expected));

    private Task<Proto.SubmitTransactionResponse> SubmitAsync(byte[] bytes) =>
        _client.SubmitTransactionAsync(new() { Transaction = ByteString.CopyFrom(bytes) }).ResponseAsync;
}
