using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Checks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.CrashTests.Kills;

/// <summary>
/// Every signature of the council that was ever seen, in the journals of dead processes and in certificates: two
/// different ones for one step are a double vote, whether or not anybody noticed.
/// </summary>
internal sealed class SignatureBook(Hash32 genesisHash)
{
    private readonly Dictionary<(int Validator, SignedStep Step), Hash32?> _signed = [];

    /// <summary>Signatures that were compared.</summary>
    public int Count => _signed.Count;

    public List<string> Violations { get; } = [];

    /// <summary>Reads the journal that a process left; it must not run.</summary>
    public void ReadJournal(int validator, string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        // Opening mends the file: that is for the node to do.
        string copy = Path.GetTempFileName();
        try
        {
            File.Copy(path, copy, overwrite: true);
            using VoteJournal journal = VoteJournal.Open(
                new PhysicalDisk(), copy, genesisHash, NullLogger.Instance, mayCreate: false);
            foreach (byte[] bytes in journal.ReadAll())
            {
                if (Bcs.TryDecode(bytes, out JournalRecord? record, out _) && SignedSteps.Of(record) is { } signed)
                {
                    Add(validator, signed.Step, signed.What.Block, "its journal");
                }
            }
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public void Read(CommitCertificate certificate, string where)
    {
        foreach (int signer in certificate.Signers)
        {
            SignedStep step = new(certificate.Height, certificate.Round, RoundStep.Precommit);
            Add(signer, step, certificate.BlockHash, $"a certificate of {where}");
        }
    }

    private void Add(int validator, SignedStep step, Hash32? block, string where)
    {
        if (!_signed.TryAdd((validator, step), block) && _signed[(validator, step)] != block)
        {
            Violations.Add(
                $"validator-{validator + 1} signed twice for {step}: {_signed[(validator, step)]} and {block}, in "
                + where);
        }
    }
}
