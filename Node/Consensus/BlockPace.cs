using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// How much gas a block of this node's own may state, so that executing it stays within a share of the block interval
/// whatever its transactions do: for the same gas a block of signature checks takes a hundred times as long as one of
/// orders. It follows what blocks took, as TCP follows what a link carries. Only a proposer's choice: every block up
/// to the chain's limit is valid. For one thread.
/// </summary>
internal sealed class BlockPace
{
    /// <summary>Execution may take a quarter of the interval.</summary>
    private const uint ShareOfInterval = 4;

    private const uint StartDivisor = 8;

    /// <summary>The greatest step down, so that one hiccup of the machine costs two full blocks to mend.</summary>
    private const uint GreatestStepDown = 4;

    private ChainParameters _parameters;

    /// <param name="parameters">Those of the next block.</param>
    public BlockPace(ChainParameters parameters)
    {
        _parameters = parameters;
        GasLimit = AtLeastOneTransaction(parameters.BlockGasLimit.Value / StartDivisor, parameters);
    }

    /// <summary>Never below the limit of a single transaction, so that every transaction finds a block.</summary>
    public Gas GasLimit { get; private set; }

    private TimeSpan Budget => TimeSpan.FromMilliseconds(_parameters.BlockIntervalMs / ShareOfInterval);

    /// <summary>Goes on by other parameters, those of the next block.</summary>
    public void Follow(ChainParameters parameters)
    {
        _parameters = parameters;
        GasLimit = AtLeastOneTransaction(GasLimit.Value, parameters);
    }

    /// <summary>Learns from a block, whoever proposed it.</summary>
    /// <param name="stated">The sum of its transactions' gas limits.</param>
    /// <param name="execution">What executing and storing it took here.</param>
    public void Observe(Gas stated, TimeSpan execution)
    {
        ulong limit = GasLimit.Value;
        if (execution > Budget)
        {
            ulong affordable = (ulong)((UInt128)stated.Value * (ulong)Budget.Ticks / (ulong)execution.Ticks);
            limit = Math.Min(limit, Math.Max(affordable, limit / GreatestStepDown));
        }
        else if (execution * 2 <= Budget && stated.Value >= limit / 2)
        {
            limit = Math.Min(limit * 2, _parameters.BlockGasLimit.Value);
        }

        GasLimit = AtLeastOneTransaction(limit, _parameters);
    }

    private static Gas AtLeastOneTransaction(ulong gas, ChainParameters parameters) =>
        new(Math.Min(Math.Max(gas, parameters.TransactionGasLimit.Value), parameters.BlockGasLimit.Value));
}
