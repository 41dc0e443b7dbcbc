using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class BlockFitTests
{
    private readonly FakeState _state = new();

    [SetUp]
    public void Fund()
    {
        _state.Accounts.Clear();
        _state.Change(TestKeys.Alice.Address, 3, 100, 0);
    }

    [Test]
    public void Nonces_must_follow_each_other_from_the_accounts()
    {
        BlockFit fit = Fit();
        Assert.That(fit.TryAdd(Transfer(4)), Is.False);
        Assert.That(fit.TryAdd(Transfer(3)));
        Assert.That(fit.TryAdd(Transfer(3)), Is.False);
        Assert.That(fit.TryAdd(Transfer(4)));
    }

    [Test]
    public void Account_must_afford_all_that_it_sends_in_the_block()
    {
        BlockFit fit = Fit();
        Assert.That(fit.TryAdd(Transfer(3, value: 60)));
        Assert.That(fit.TryAdd(Transfer(4, value: 60)), Is.False);
        Assert.That(fit.TryAdd(Transfer(4, value: 20)), "30 are left, 20 and 10 of gas are needed");
        Assert.That(fit.TryAdd(Transfer(5, value: 0, gas: 1)), Is.False);
    }

    [Test]
    public void Coin_received_in_the_block_cannot_be_spent_in_it()
    {
        TransactionBody body = new()
        {
            ChainId = new ChainId(7),
            Nonce = 3,
            GasLimit = new Gas(10),
            GasPrice = 1,
            To = TestKeys.Bob.Address,
            Value = 50,
            ValidUntil = new Height(100),
        };
        BlockFit fit = Fit();
        Assert.That(fit.TryAdd(body.Sign(TestKeys.Alice)));
        Assert.That(fit.TryAdd(TestTransactions.Transfer(TestKeys.Bob, 0, 1, 1)), Is.False);
    }

    [Test]
    public void Fee_payer_pays_the_gas_of_others_and_its_own()
    {
        _state.Change(TestKeys.Bob.Address, 0, 15, 0);
        using SigningKey device = TestKeys.Of(200);
        BlockFit fit = Fit();
        Assert.That(fit.TryAdd(Delegated(device, 0)));
        Assert.That(fit.TryAdd(Delegated(device, 1)), Is.False);
        Assert.That(fit.TryAdd(TestTransactions.Transfer(TestKeys.Bob, 0, 0, 6)), Is.False);
        Assert.That(fit.TryAdd(TestTransactions.Transfer(TestKeys.Bob, 0, 0, 5)));
    }

    [Test]
    public void Gas_of_the_block_is_bounded()
    {
        BlockFit fit = new(_state, Parameters() with { BlockGasLimit = new Gas(25) });
        Assert.That(fit.TryAdd(Transfer(3)));
        Assert.That(fit.TryAdd(Transfer(4)));
        Assert.That(fit.TryAdd(Transfer(5)), Is.False);
        Assert.That(fit.TryAdd(Transfer(5, gas: ulong.MaxValue)), Is.False);
    }

    private static ChainParameters Parameters() => new() { ChainId = new ChainId(7), GasPrice = 1 };

    private static Transaction Transfer(ulong nonce, ulong value = 1, ulong gas = 10) =>
        TestTransactions.Transfer(TestKeys.Alice, nonce, value, gas);

    private static Transaction Delegated(SigningKey device, ulong nonce) => new TransactionBody
    {
        ChainId = new ChainId(7),
        Nonce = nonce,
        GasLimit = new Gas(10),
        GasPrice = 1,
        To = TestTransactions.Somebody,
        ValidUntil = new Height(100),
        FeePayer = TestKeys.Bob.Address,
    }.Sign(device, TestKeys.Bob);

    private BlockFit Fit() => new(_state, Parameters());
}
