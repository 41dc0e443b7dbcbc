using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Api;

/// <summary>The client of the wallet and the dashboard against the real API.</summary>
public sealed class NodeClientTests
{
    private ApiHost _host = null!;
    private NodeClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await ApiHost.StartAsync();
        _client = ClientOf(_host.Address);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Builder_makes_a_transaction_that_the_node_takes()
    {
        SigningKey key = TestKeys.Of(1);
        _host.Chain.Accounts[key.Address] = new AccountState(3, 1_000_000, default);
        _host.Pool.Next = 4;
        PreparedTransaction prepared = await new TransactionBuilder(_client).PrepareAsync(
            new TransactionDraft { To = TestKeys.Of(2).Address, Value = 5, Memo = new byte[] { 1 } },
            key.Address,
            CancellationToken.None);
        Transaction transaction = prepared.Sign(key);
        SubmitResult answer = await _client.SubmitAsync(transaction, CancellationToken.None);

        Assert.That(answer.Refusal, Is.EqualTo(TransactionRefusal.None));
        Assert.That(answer.Id, Is.EqualTo(transaction.Id));
        Assert.That(transaction.Body.Nonce, Is.EqualTo(4));
        Assert.That(transaction.Body.GasLimit.Value, Is.EqualTo(21_000));
        Assert.That(transaction.Body.ChainId, Is.EqualTo(_host.Chain.Genesis.ChainId));
        Assert.That(transaction.SignaturesHold(), Is.True);
        Assert.That(transaction.MemoMatches(), Is.True);
        Assert.That(_host.Pool.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Builder_trusts_a_gas_limit_only_after_trying_it()
    {
        _host.Chain.OnCall = static request => new CallOutcome(
            request.GasLimit.Value >= 200_000, ReadOnlyMemory<byte>.Empty, new Gas(100_000), [], "out of gas");
        PreparedTransaction prepared = await new TransactionBuilder(_client).PrepareAsync(
            new TransactionDraft { To = TestKeys.Of(2).Address, Data = new byte[] { 1, 2, 3, 4 } },
            TestKeys.Of(1).Address,
            CancellationToken.None);

        // 100,000 and the margin do not suffice, twice that does.
        Assert.That(prepared.Body.GasLimit.Value, Is.EqualTo(270_000));
        Assert.That(prepared.ExpectedGas.Value, Is.EqualTo(100_000));
    }

    [Test]
    public async Task Builder_refuses_what_the_trial_run_refuses()
    {
        byte[] revert = Contracts.EnergyMarketContract.Artifact.Abi.Error("UnknownOrder").Encode(5UL);
        _host.Chain.OnCall = _ => new CallOutcome(false, revert, new Gas(30_000), [], "reverted");
        string failure = "";
        try
        {
            await new TransactionBuilder(_client).PrepareAsync(
                new TransactionDraft { To = TestKeys.Of(2).Address, Data = new byte[] { 1 } },
                TestKeys.Of(1).Address,
                CancellationToken.None);
        }
        catch (CallRevertedException exception)
        {
            failure = exception.Failure;
        }

        Assert.That(failure, Is.EqualTo("UnknownOrder(id: 5)"));
    }

    [Test]
    public async Task A_final_transaction_comes_with_its_receipt()
    {
        Transaction transaction = TestKeys.Transfer(1, 2, 0);
        _host.Chain.Append((transaction, TestKeys.Done(transaction)));
        TransactionInfo info = await _client.WaitForTransactionAsync(
            transaction.Id, TimeSpan.FromSeconds(5), CancellationToken.None);

        Assert.That(info.State, Is.EqualTo(TransactionState.Final));
        Assert.That(info.Receipt!.Height, Is.EqualTo(new Height(1)));
        Assert.That(info.Body!.Sender, Is.EqualTo(transaction.Sender));
    }

    [Test]
    public async Task Blocks_are_streamed_in_order()
    {
        _host.Chain.Append();
        _host.Chain.Append();
        List<ulong> heights = [];
        await foreach (BlockInfo block in _client.StreamBlocksAsync(new Height(1), CancellationToken.None))
        {
            heights.Add(block.Height.Value);
            if (heights.Count == 2)
            {
                break;
            }
        }

        Assert.That(heights, Is.EqualTo(new ulong[] { 1, 2 }));
    }

    [Test]
    public async Task Statuses_of_the_node_become_errors_of_the_client()
    {
        Assert.That(
            await ErrorAsync(() => _client.GetBlockAsync(new Height(9), CancellationToken.None)),
            Is.EqualTo(NodeClientError.NotFound));
        Assert.That(
            await ErrorAsync(() => _client.GetSlotAsync(1, CancellationToken.None)),
            Is.EqualTo(NodeClientError.NotKept));
        Assert.That(
            await ErrorAsync(() => _client.ListPeersAsync("?", CancellationToken.None)),
            Is.EqualTo(NodeClientError.InvalidRequest));
        _host.Chain.OnCall = static _ => throw new InvalidOperationException();
        CallMessage message = new(default, null, default, default);
        Assert.That(
            await ErrorAsync(() => _client.CallAsync(message, CancellationToken.None)),
            Is.EqualTo(NodeClientError.NodeFailed));
    }

    [Test]
    public async Task A_node_that_is_not_there_is_Unreachable_after_the_last_attempt()
    {
        // Port 1 of loopback: nobody listens there.
        using NodeClient client = ClientOf("http://127.0.0.1:1");
        Assert.That(
            await ErrorAsync(() => client.GetStatusAsync(CancellationToken.None)),
            Is.EqualTo(NodeClientError.Unreachable));
    }

    private static NodeClient ClientOf(string address) => new(new NodeClientOptions
    {
        Node = new Uri(address),
        MaxAttempts = 2,
        FirstBackoff = TimeSpan.FromMilliseconds(1),
    });

    private static async Task<NodeClientError?> ErrorAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (NodeClientException exception)
        {
            return exception.Error;
        }
    }
}
