using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Simulation.Checks;

/// <summary>Coin only moves: what all accounts hold together stays what genesis gave them.</summary>
internal static class SupplyCheck
{
    private static readonly System.Numerics.BigInteger Supply = SimGenesis.Fortune.ToBigInteger() * ClientLoad.Senders;

    public static void Run(World world, SimNode node, ChainHead head)
    {
        System.Numerics.BigInteger sum = node.Process!.Chain.Read((state, _) => ClientLoad.Accounts
            .Concat(world.Genesis.Council.Members.Select(static member => member.Address))
            .Aggregate(default(System.Numerics.BigInteger), (sum, account) => sum + BalanceOf(state, account)));
        if (sum != Supply)
        {
            world.Fail(
                ViolationKind.Supply,
                $"node {node.Index} holds {sum} after {head.Height}, genesis gave {Supply}");
        }
    }

    private static System.Numerics.BigInteger BalanceOf(IStateReader state, Address account) =>
        state.TryGetAccount(account, out AccountState found) ? found.Balance.ToBigInteger() : 0;
}
