using EnergyChain.Core.Chain;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Pool;

public sealed class AdmissionGateTests
{
    private static readonly FakeChain Chain = new();

    [Test]
    public void Quiet_chain_takes_a_burst_and_no_more()
    {
        AdmissionGate gate = new();

        Assert.That(gate.IsOpenAt(AdmissionGate.Least - 1), Is.True);
        Assert.That(gate.IsOpenAt(AdmissionGate.Least), Is.False);
    }

    [Test]
    public void Large_blocks_open_the_gate_a_quarter_beyond_and_are_forgotten_after_four()
    {
        AdmissionGate gate = new();
        Commit(gate, 1_000);
        Assert.That(gate.IsOpenAt(1_249), Is.True);
        Assert.That(gate.IsOpenAt(1_250), Is.False);

        for (int i = 0; i < 3; i++)
        {
            Commit(gate, 0);
        }

        Assert.That(gate.IsOpenAt(1_249), Is.True);
        Commit(gate, 0);
        Assert.That(gate.IsOpenAt(AdmissionGate.Least), Is.False);
    }

    [Test]
    public void Clients_are_turned_away_at_half_beyond_the_largest_of_the_last_blocks()
    {
        AdmissionGate gate = new();
        Assert.That(gate.IsOpenToClientsAt(AdmissionGate.LeastOfClients - 1), Is.True);
        Assert.That(gate.IsOpenToClientsAt(AdmissionGate.LeastOfClients), Is.False);

        Commit(gate, 3_000);
        Assert.That(gate.IsOpenToClientsAt(4_499), Is.True);
        Assert.That(gate.IsOpenToClientsAt(4_500), Is.False);
    }

    [Test]
    public void What_may_wait_comes_in_within_a_second()
    {
        AdmissionGate gate = new();
        Assert.That(gate.ShareOfSecond(AdmissionGate.Least / 5), Is.EqualTo(TimeSpan.FromMilliseconds(200)));

        Commit(gate, 1_600);
        Assert.That(gate.ShareOfSecond(200), Is.EqualTo(TimeSpan.FromMilliseconds(100)));
    }

    private static void Commit(AdmissionGate gate, int count)
    {
        Transaction one = TestTransactions.Transfer(TestKeys.Alice, 0);
        gate.OnCommitted(Chain.MakeNext([.. Enumerable.Repeat(one, count)]), [], Chain.Head);
    }
}
