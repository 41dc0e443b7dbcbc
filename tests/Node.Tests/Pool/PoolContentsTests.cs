using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Pool;

public sealed class PoolContentsTests
{
    private static readonly UInt256 Rich = 1_000_000_000;

    [Test]
    public void Nonce_that_a_block_has_used_since_the_state_was_read_is_too_low()
    {
        PoolContents contents = new(new PoolLimits());
        TransactionRefusal later = contents.Add(
            TestTransactions.Transfer(TestKeys.Alice, 5), new AccountView(5, Rich, Rich), Height.Genesis);
        TransactionRefusal stale = contents.Add(
            TestTransactions.Transfer(TestKeys.Alice, 4), new AccountView(4, Rich, Rich), Height.Genesis);

        Assert.That(later, Is.EqualTo(TransactionRefusal.None));
        Assert.That(stale, Is.EqualTo(TransactionRefusal.NonceTooLow));
        Assert.That(contents.Ready, Is.EqualTo(1));
    }
}
