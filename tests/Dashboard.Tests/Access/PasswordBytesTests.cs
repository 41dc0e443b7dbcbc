using System.Text;
using EnergyChain.Client.Keys;
using NSec.Cryptography;

namespace EnergyChain.Dashboard.Tests.Access;

/// <summary>The one derivation of key files and users.</summary>
public sealed class PasswordBytesTests
{
    [Test]
    public void Bytes_are_those_that_the_library_makes_a_key_of()
    {
        byte[] salt = Encoding.ASCII.GetBytes("sixteen bytes...");
        Argon2id kdf = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = 64,
            NumberOfPasses = 2,
        });
        KeyCreationParameters exportable = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using Key key = kdf.DeriveKey("p\u00e4ssword"u8, salt, AeadAlgorithm.XChaCha20Poly1305, exportable);
        Assert.That(
            PasswordBytes.Derive("p\u00e4ssword", salt, 64, 2, 32),
            Is.EqualTo(key.Export(KeyBlobFormat.RawSymmetricKey)));
    }

    [Test]
    public void Text_counts_as_it_was_typed()
    {
        byte[] salt = new byte[PasswordBytes.SaltSize];
        Assert.That(
            PasswordBytes.Derive("e\u0301", salt, 8, 1, 32),
            Is.Not.EqualTo(PasswordBytes.Derive("\u00e9", salt, 8, 1, 32)));
    }

    [TestCase(8, 1, true)]
    [TestCase(1024 * 1024, 16, true)]
    [TestCase(7, 1, false)]
    [TestCase(1024 * 1024 + 1, 1, false)]
    [TestCase(8, 0, false)]
    [TestCase(8, 17, false)]
    public void Costs_of_a_file_are_bounded(int memoryKiB, int passes, bool areGood) =>
        Assert.That(PasswordBytes.AreCostsInRange(memoryKiB, passes), Is.EqualTo(areGood));
}
