using System.Text;
using EnergyChain.Client.Keys;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace EnergyChain.Client.Tests;

public sealed class PasswordBytesTests
{
    [TestCase("correct horse", 8, 1)]
    [TestCase("pässword 비밀번호", 64, 3)]
    public void Bytes_are_the_Argon2id_of_another_implementation(string password, int memoryKiB, int passes)
    {
        byte[] salt = [.. Enumerable.Range(0, PasswordBytes.SaltSize).Select(i => (byte)i)];
        Argon2BytesGenerator other = new();
        other.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithSalt(salt)
            .WithMemoryAsKB(memoryKiB)
            .WithIterations(passes)
            .WithParallelism(1)
            .Build());
        byte[] expected = new byte[32];
        other.GenerateBytes(Encoding.UTF8.GetBytes(password), expected);

        Assert.That(PasswordBytes.Derive(password, salt, memoryKiB, passes, 32), Is.EqualTo(expected));
    }
}
